import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fencesOf } from '../docs/fences.js';

const path = 'examples/notebook/run.ipynb';
const notebook = JSON.parse(readFileSync(path, 'utf8'));

interface Cell {
  readonly cell_type: string;
  readonly id: string;
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
}
const cells = notebook.cells as readonly Cell[];
const code = cells.filter(({ cell_type }) => cell_type === 'code');

it('docs/notebook.md shows the cells of the notebook', () => {
  const shown = fencesOf('docs/notebook.md').filter(({ label }) => label === 'python');
  expect(code.map(({ source }) => `${source.join('')}\n`)).toEqual(shown.map(({ text }) => text));
});

it('the notebook has no outputs, and cells that can be told apart', () => {
  expect(notebook).toMatchObject({ nbformat: 4, nbformat_minor: 5 });
  expect(code.filter(({ outputs }) => outputs?.length !== 0)).toEqual([]);
  expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
});
