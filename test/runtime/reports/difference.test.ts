import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { differenceOf } from '../../../src/compiler/diff/difference.js';
import { compileFile } from '../../../src/runtime/networks/compile-file.js';
import { differenceToJson, printDifference } from '../../../src/runtime/reports/difference.js';

const models = new URL('../../../models/', import.meta.url);
const size = { height: 256, width: 256 };

function compared(before: string, after: string, set: Readonly<Record<string, string>> = {}) {
  const compile = (name: string, overrides: Readonly<Record<string, string>>) =>
    compileFile(fileURLToPath(new URL(name, models)), undefined, overrides);
  const [a, b] = [compile(before, {}), compile(after, set)];
  const sides = [
    { file: `models/${before}`, model: a.graph.name },
    { file: `models/${after}`, model: b.graph.name },
  ] as const;
  const difference = differenceOf(a, b, size);
  return { difference, text: printDifference(difference, sides, '256x256') };
}

test('U-Net and R2AU-Net: two words, two changes, the new blocks as written, the totals', () => {
  const { text } = compared('unet.net', 'r2au.net');
  expect(text).toContain('UNet (models/unet.net) -> R2AUNet (models/r2au.net)');
  expect(text).toContain(
    '  Unit: DoubleConv(Norm: BatchNorm) -> R2CL(Norm: BatchNorm)\n  Skip: concat -> AttentionGate(Norm: BatchNorm)\n',
  );
  expect(text).toMatch(
    /Unit, Unit\.2 in UShape, 9 places: DoubleConv\(channels: 64\.\.1024, Norm: BatchNorm\)/,
  );
  expect(text).toContain(
    'Skip in UShape, 4 places: concat -> AttentionGate(inner: 32..256, Norm: BatchNorm)',
  );
  expect(text).toContain('- DoubleConv(channels, Norm = BatchNorm) (x) {');
  expect(text).toContain('+ R2CL(channels, steps = 2');
  expect(text).toContain('      (x + state) -> kernel -> norm -> relu');
  expect(text).toMatch(/trained weights +34,527,041 +39,442,925 +1\.14\n/);
  expect(text).toMatch(/multiply-adds +65,347,256,320 +153,565,790,208 +2\.35\n/);
});

test('it fits a screen', () => {
  const lines = compared('unet.net', 'r2au.net').text.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('a model and itself', () => {
  const { text, difference } = compared('unet.net', 'unet.net');
  expect(text).toBe('UNet (models/unet.net) -> UNet (models/unet.net)\n\nno difference\n');
  expect(differenceToJson(difference)).toMatchObject({ same: true, changes: [] });
});

test('an argument that changes nothing is named, and that it changes nothing', () => {
  const { text } = compared('unet.net', 'unet.net', { Unit: 'DoubleConv()' });
  expect(text).toContain('no difference');
});

test('a change at some places says where, and columns of one name are told apart', () => {
  const { text } = compared('unet.net', 'unet.net', { depth: '5' });
  expect(text).toContain('UShape at UShape/below/below/below/below (1 of 5 places): + maxPool,');
  expect(text).toContain('H = 16k -> H = 32k');
  expect(text).toMatch(/one image of 256x256 +before +after +ratio/);
});

test('as JSON it is plain data', () => {
  const { difference } = compared('unet.net', 'r2au.net');
  const json = JSON.parse(JSON.stringify(differenceToJson(difference)));
  expect(json).toMatchObject({
    same: false,
    parameters: [
      { name: 'Unit', before: 'DoubleConv(Norm: BatchNorm)', after: 'R2CL(Norm: BatchNorm)' },
      { name: 'Skip', before: 'concat', after: 'AttentionGate(Norm: BatchNorm)' },
    ],
    totals: { before: { parameters: 34_527_041 }, after: { parameters: 39_442_925 } },
    definitions: {
      before: { DoubleConv: expect.stringContaining('ConvUnit(channels, Norm: Norm)') },
    },
  });
  expect(json.changes).toHaveLength(2);
  expect(json.changes[0].paths).toHaveLength(9);
});
