import { expect, test } from 'vitest';
import { hoverAt } from '../../src/editor/hover.js';
import { marked, unet, units } from './marked.js';

/** What hovering over the mark says, where `before` in `small.net` becomes `after`. */
function hover(before: string, after: string): string | undefined {
  const { workspace, path, offset } = marked({
    'units.net': units,
    'small.net': unet.replace(before, after),
  });
  return hoverAt(workspace, path, offset)?.text;
}

test('a block at an arrow: signature, documentation, shape, weights and multiply-adds there', () => {
  // 5 * 5 * 8 * 16 + 16 of the convolution, 2 * 16 of the batch norm; 128 * 128 * 3200 multiply-adds.
  expect(hover('-> ConvUnit(', '-> Conv‸Unit(')).toBe(
    `\`\`\`net
block ConvUnit(channels, kernel = 3) (x)
\`\`\`

A convolution with batch norm and ReLU.

- \`[N, H/2, W/2, 16]\`, 3,248 weights, 52.4 M multiply-adds at 256x256`,
  );
});

test('a stage that is a parameter says which block it was', () => {
  expect(hover('-> Unit', '-> Un‸it')).toContain('- `[N, H, W, 8]` by `DoubleConv`, 840 weights');
});

test.each([
  [
    'maxPool',
    'max‸Pool',
    'operation maxPool(window = 2, stride = window, padding = "same", floor = false) (x)',
  ],
  ['(here', '(he‸re', 'let here = image -> Unit(base)'],
  ['(here', '(he‸re', '- `[N, H, W, 8]`'],
  ['base * 2', 'ba‸se * 2', 'parameter base = 8'],
  ['input image', 'input im‸age', '- `[N, H, W, 3]`'],
  ['Conv(1, kernel', 'Conv(1, ker‸nel', 'Wants a whole number of 1 or more, or [height, width].'],
  ['[N, H', '[N, H‸', '`H = 2k`'],
  ['model Small', 'model Sm‸all', '4,113 weights, 106 M multiply-adds at 256x256'],
])('%s at %s', (before, after, expected) => {
  expect(hover(before, after)).toContain(expected);
});

test('a block that is applied several times shows its first instances that differ', () => {
  const { workspace, path, offset } = marked({
    'units.net': units,
    'small.net': `model Small {
  input image: [N, H, W, 3]
  output mask = image -> Twice(4) -> Twice(16) -> Twice(32) -> Twice(64)
}
block Twice(channels) (x) { x -> Co‸nv(channels) -> relu }`,
  });
  const text = hoverAt(workspace, path, offset)?.text;
  expect(text).toContain('- `[N, H, W, 4]` in `Twice`, 112 weights, 7.08 M');
  expect(text).toContain('- `[N, H, W, 16]` in `Twice.2`, 592 weights');
  expect(text).toContain('- `[N, H, W, 32]` in `Twice.3`, 4,640 weights');
  expect(text).toContain('- and 1 more');
});

test('a block of a library has the shapes of a model that is open', () => {
  const files = { 'units.net': units.replace('-> relu', '-> re‸lu'), 'small.net': unet };
  const { workspace, path, offset } = marked(files);
  expect(hoverAt(workspace, path, offset)?.text).not.toContain('[N');
  workspace.update('small.net', unet);
  expect(hoverAt(workspace, path, offset)?.text).toContain('`[N, H, W, 8]` in `Unit/ConvUnit`');
});

test('nothing is said of blanks, numbers and comments', () => {
  expect(hover('base * 2', 'base * 2‸')).toBeUndefined();
  expect(hover('model', '// a base‸ comment\nmodel')).toBeUndefined();
});
