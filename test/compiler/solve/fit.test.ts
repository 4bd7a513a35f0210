import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileModel } from '../../../src/compiler/compile.js';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { fitImages } from '../../../src/compiler/solve/fit.js';
import { nearestSizes } from '../../../src/compiler/solve/nearest.js';
import { requirementsOf } from '../../../src/compiler/solve/requirements.js';
import { failureAt } from '../../../src/compiler/solve/size-failure.js';

const chained = (chain: readonly string[]): readonly string[] => [
  'input image: [N, H, W, 1]',
  `output y = image -> ${chain.join(' -> ')}`,
];

/** Whether some size of images fits; others, as one that is halved where it is odd, are an error of their own. */
const isPossible = (chain: readonly string[]): boolean =>
  diagnosed(chained(chain)).graph !== undefined;

function compiled(lines: readonly string[]) {
  const { graph, expanded, diagnostics } = diagnosed(lines);
  if (!graph || !expanded) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { graph, inputSpans: expanded.inputSpans };
}

function diagnosed(lines: readonly string[]) {
  const text = `model Net {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
  const reader = {
    read: (path: string) => ({ path, text }),
    resolve: (_: string, specifier: string) => specifier,
  };
  return compileModel('main.net', reader);
}

/** What is said of images of this size, and the suggestions. */
function judged(lines: readonly string[], height: number, width: number) {
  const { graph, inputSpans } = compiled(lines);
  const diagnostics = new Diagnostics();
  const fits = fitImages(graph, { height, width }, inputSpans, diagnostics);
  const found = diagnostics.all();
  return {
    fits: fits.map(({ name, value, fits }) => [name, value, fits]),
    errors: found.map(({ message, label }) => (label ? `${message}: ${label}` : message)),
    help: [...new Set(found.map(({ suggestion }) => suggestion?.message))],
  };
}

const pooled = ['input image: [N, H, W, 1]', 'output y = image -> maxPool(2) -> maxPool([8, 2])'];

test('a size that fits is said of each symbol', () => {
  expect(judged(pooled, 592, 576)).toEqual({
    fits: [
      ['H', 592, true],
      ['W', 576, true],
    ],
    errors: [],
    help: [],
  });
});

test('a size that does not is shown in numbers at the first operation that fails', () => {
  expect(judged(pooled, 584, 565)).toEqual({
    fits: [
      ['H', 584, false],
      ['W', 565, false],
    ],
    errors: [
      'W is 565, and Net wants a multiple of 4: 565 columns come in, and W/2 would be 282.5',
      'H is 584, and Net wants a multiple of 16: 292 rows (H/2) come in, and H/16 would be 36.5',
    ],
    help: ['pad to 592x568 (8 rows and 3 columns more), or crop to 576x564'],
  });
});

test('only the side that does not fit is padded, and nothing is cropped to nothing', () => {
  expect(judged(pooled, 9, 8).help).toEqual(['pad to 16x8 (7 rows more)']);
});

test('an image from which windows leave nothing is too small', () => {
  const lines = ['input image: [N, H, W, 1]', 'output y = image -> Conv(1, 9, padding: "valid")'];
  expect(judged(lines, 8, 20)).toMatchObject({
    errors: ['H is 8, and Net wants 9 or more: 8 rows come in, and H - 8 would be 0'],
    help: ['pad to 9x20 (1 row more)'],
  });
});

test('a size that the file fixes must be the one asked about', () => {
  const lines = ['input image: [1, 64, 32, 1]', 'output y = image -> relu'];
  expect(judged(lines, 64, 32).errors).toEqual([]);
  expect(judged(lines, 100, 32)).toEqual({
    fits: [
      ['height of image', 100, false],
      ['width of image', 32, true],
    ],
    errors: ['image has 64 rows, and the images have 100'],
    help: ['crop to 64x32'],
  });
});

test('one symbol in both places wants square images', () => {
  const lines = ['input image: [N, S, S, 1]', 'output y = image -> maxPool(3)'];
  expect(judged(lines, 9, 12)).toEqual({
    fits: [['S', 9, false]],
    errors: ['S would be both 9 and 12'],
    help: ['pad to 12x12 (3 rows more), or crop to 9x9'],
  });
});

test('several inputs are given the same size, and the suggestion is one for all', () => {
  const lines = [
    'input a: [N, H, W, 1]',
    'input b: [N, R, C, 1]',
    'output x = a -> maxPool(4)',
    'output y = b -> maxPool(6)',
  ];
  const { fits, help } = judged(lines, 12, 18);
  expect(fits).toEqual([
    ['H', 12, true],
    ['W', 18, false],
    ['R', 12, true],
    ['C', 18, true],
  ]);
  expect(help).toEqual(['pad to 12x24 (6 columns more), or crop to 12x12']);
});

test('the nearest sizes fit, and none between does', () => {
  const chains = fc
    .array(
      fc.constantFrom('maxPool(2)', 'maxPool(3)', 'Conv(1, padding: "valid")', 'upsample(2)'),
      { minLength: 1, maxLength: 5 },
    )
    .filter(isPossible);
  fc.assert(
    fc.property(chains, fc.integer({ min: 1, max: 200 }), (chain, height) => {
      const { graph } = compiled(chained(chain));
      const known = new Map(requirementsOf(graph).map((each) => [each.symbol, each]));
      const { above, below } = nearestSizes(graph, known, { height, width: height });
      const fits = (n: number): boolean => failureAt(graph, 'H', 1, n) === undefined;
      const sizes = Array.from({ length: 600 }, (_, i) => i + 1).filter(fits);
      expect(above?.height).toBe(sizes.find((n) => n >= height));
      expect(below?.height).toBe(sizes.findLast((n) => n <= height));
    }),
    { numRuns: 60 },
  );
});
