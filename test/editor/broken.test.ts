import { expect, test } from 'vitest';
import { codeLensesOf } from '../../src/editor/code-lens.js';
import { completionsAt } from '../../src/editor/completion.js';
import { definitionAt } from '../../src/editor/definition.js';
import { diagnosticsIn } from '../../src/editor/diagnostics.js';
import { hoverAt } from '../../src/editor/hover.js';
import { mark, marked, unet, units } from './marked.js';

const files = { 'units.net': units, 'small.net': `${unet}‸` };

/** The small network while it is being written: it was right, then its text became this. */
function broken(before: string, after: string) {
  const { workspace } = marked(files);
  workspace.analysis('small.net');
  const text = unet.replace(before, after);
  const offset = text.indexOf(mark);
  workspace.update('small.net', text.replace(mark, ''));
  return { workspace, path: 'small.net', offset };
}

test('an unfinished arrow is completed', () => {
  const { workspace, path, offset } = broken('ConvUnit(base * 2, kernel: 5)', '‸');
  const labels = completionsAt(workspace, path, offset).items.map(({ label }) => label);
  expect(labels).toContain('DoubleConv');
  expect(diagnosticsIn(workspace, path).map(({ diagnostic }) => diagnostic.code)).toEqual([
    'NET0002',
  ]);
});

test('a body that is not closed still has its names', () => {
  const { workspace, path, offset } = broken('-> sigmoid\n}', '-> sigmoid\n  let a = he‸');
  const labels = completionsAt(workspace, path, offset).items.map(({ label }) => label);
  expect(labels).toContain('here');
});

test('lines beside the broken one keep their shapes', () => {
  const { workspace, path, offset } = broken(
    'let below = here -> maxPool(2)',
    'let more = ((\n  let below = here -> max‸Pool(2)',
  );
  expect(hoverAt(workspace, path, offset)?.text).toContain('`[N, H/2, W/2, 8]`');
});

test('what depends on the broken line has the shape it had before', () => {
  const { workspace, path, offset } = broken(
    '-> maxPool(2) -> ConvUnit(base * 2, kernel: 5)\n  output mask = (here, below -> upsample(2)) -> concat',
    '-> maxPool(2) -> \n  output mask = (here, below -> up‸sample(2)) -> concat',
  );
  expect(hoverAt(workspace, path, offset)?.text).toContain('`[N, H, W, 16]`');
});

test('definitions are found while the file is broken', () => {
  const { workspace, path, offset } = broken('base * 2, kernel: 5', 'ba‸se *');
  expect(definitionAt(workspace, path, offset)?.start).toBe(unet.indexOf('base = 8'));
});

test('a model shows what it cost before the error', () => {
  const { workspace, path } = broken('-> sigmoid', '-> sigmoi‸');
  expect(codeLensesOf(workspace, path)[0]?.title).toContain('4,113 weights');
});

test('no text that a key leaves behind ends the server', () => {
  const { workspace } = marked(files);
  for (let end = 0; end < unet.length; end += 3) {
    workspace.update('small.net', unet.slice(0, end));
    diagnosticsIn(workspace, 'small.net');
    hoverAt(workspace, 'small.net', end);
    completionsAt(workspace, 'small.net', end);
  }
  workspace.update('small.net', unet);
  expect(diagnosticsIn(workspace, 'small.net')).toEqual([]);
});
