import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { codes } from '../../src/compiler/diagnostics/codes.js';
import { explanations } from '../../src/compiler/diagnostics/explain/index.js';
import { renderDiagnostics } from '../../src/compiler/diagnostics/render.js';
import { exampleDiagnostics, exampleName } from '../../src/runtime/preparation/check-text.js';

const { errorsPage } = await import(new URL('../../scripts/docs/errors.mjs', import.meta.url).href);

const path = 'docs/errors.md';
const made: string = errorsPage({
  ...{ codes, explanations, exampleDiagnostics, exampleName, renderDiagnostics },
})[path];

it('docs/errors.md has a section for each explanation', () => {
  const sections = [...made.matchAll(/^### (NET\d{4}): /gm)].map(([, code]) => code);
  expect(sections).toEqual(Object.keys(explanations).sort());
});

it('docs/errors.md is what the explanations say; UPDATE_EXPECTED=1 writes it', () => {
  if (process.env.UPDATE_EXPECTED) writeFileSync(path, made);
  else expect(readFileSync(path, 'utf8')).toBe(made);
});
