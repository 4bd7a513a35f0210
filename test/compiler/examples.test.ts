import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileModel } from '../../src/compiler/compile.js';
import { costOf } from '../../src/compiler/cost/cost.js';
import { diskReader } from '../../src/runtime/files/source-reader.js';

const weights = (file: string, overrides: Record<string, string> = {}): number => {
  const { graph, diagnostics } = compileModel(`examples/${file}`, diskReader(), { overrides });
  expect(diagnostics).toEqual([]);
  return costOf(graph!, { height: 64, width: 64 }).parameters;
};

const sum = (terms: readonly number[]): number => terms.reduce((a, b) => a + b, 0);
/** k^2 `from` `to` + `to` of the convolution and 2 `to` of its batch norm. */
const unit = (from: number, to: number, kernel = 3): number => kernel ** 2 * from * to + 3 * to;
const double = (from: number, to: number): number => unit(from, to) + unit(to, to);

describe('weights of the examples, derived by hand', () => {
  test('UNet++: two convolutions a node, a head for each node of the top row but the first', () => {
    const width = (i: number): number => 32 * 2 ** i;
    // X^{i,0} reads X^{i-1,0}; X^{i,j} reads the j nodes before it in its row and one of the row below, twice as wide.
    const from = (i: number, j: number): number =>
      j > 0 ? (j + 2) * width(i) : i > 0 ? width(i - 1) : 3;
    const nodes = [0, 1, 2, 3, 4].flatMap((i) =>
      Array.from({ length: 5 - i }, (_, j) => double(from(i, j), width(i))),
    );
    expect(nodes).toHaveLength(15);
    expect(weights('unet-plus-plus.net')).toBe(sum(nodes) + 4 * (32 + 1));
    expect(sum(nodes) + 4 * (32 + 1)).toBe(9_163_428);
  });

  test('ASPP: four residual units, five branches, their projection, a head', () => {
    // Two convolutions beside a 1x1 one, each with batch norm.
    const encoder = [
      [3, 64],
      [64, 128],
      [128, 256],
      [256, 512],
    ].map(([from, to]) => double(from!, to!) + unit(from!, to!, 1));
    // The 1x1, the image's and a 3x3 of each of three rates, 256 channels each.
    const branches = 2 * unit(512, 256, 1) + 3 * unit(512, 256);
    const expected = sum(encoder) + branches + unit(5 * 256, 256, 1) + (256 + 1);
    expect(weights('aspp.net')).toBe(expected);
    expect(expected).toBe(8_997_953);
  });

  test('squeeze and excitation: U-Net, and two 1x1 convolutions in each of its nine units', () => {
    const widths = [64, 128, 256, 512, 1024, 512, 256, 128, 64];
    // F -> F/r -> F, both with bias.
    const gates = (r: number): number => sum(widths.map((f) => (2 * f * f) / r + f / r + f));
    // 34,527,041 of U-Net + 221,240.
    expect(weights('squeeze-excitation.net')).toBe(34_527_041 + gates(16));
    expect(34_527_041 + gates(16)).toBe(34_748_281);
    expect(weights('squeeze-excitation.net', { Unit: 'SEConv(reduction: 8)' })).toBe(
      34_527_041 + gates(8),
    );
  });

  test('dense encoder: stem, dense blocks, transitions; a U with the widths of DenseNet-121 on the way up', () => {
    // Batch norm comes before its convolution, so it has the channels that go in; no convolution has a bias.
    const normedBefore = (from: number, to: number, kernel: number): number =>
      2 * from + kernel ** 2 * from * to;
    const stem = 7 ** 2 * 3 * 64 + 2 * 64;
    let channels = 64;
    const encoder = [6, 12, 24, 16].map((layers, level) => {
      const transition = level === 0 ? 0 : normedBefore(channels, channels / 2, 1);
      if (level > 0) channels /= 2;
      const block = Array.from({ length: layers }, (_, i) => channels + 32 * i).map(
        (from) => normedBefore(from, 128, 1) + normedBefore(128, 32, 3),
      );
      channels += 32 * layers;
      return transition + sum(block);
    });
    // Skips of 1024, 512 and 256 channels meet half as many from below, and half as many come out.
    const decoder = [
      [1024, 1024],
      [512, 512],
      [256, 256],
    ].map(([below, skip]) => unit(below!, skip! / 2) + double(skip! + skip! / 2, skip! / 2));
    const expected = stem + sum(encoder) + sum(decoder) + unit(128, 64) + (64 + 1);
    expect(weights('dense-encoder.net')).toBe(expected);
    expect(expected).toBe(25_613_313);
  });
});

describe('the same of networks with what other blocks lack', () => {
  test('ConvNeXt: the published ConvNeXt-T without its classifier, and a U up to the first skip', () => {
    // 28,589,128 weights; of these a norm of 768 channels and a layer to 1000 classes are the classifier's.
    const encoder = 28_589_128 - 2 * 768 - (768 * 1000 + 1000);
    const widths = [768, 384, 192, 96];
    const decoder = widths
      .slice(1)
      .map((skip, i) => unit(widths[i]!, skip) + double(2 * skip, skip));
    expect(weights('convnext.net')).toBe(encoder + sum(decoder) + (96 + 1));
    expect(weights('convnext.net', { Norm: 'GroupNorm' })).toBe(weights('convnext.net'));
  });

  test('pyramid pooling: the encoder of ASPP, four projections, a 3x3 over twice the channels, a head', () => {
    const encoder = [
      [3, 64],
      [64, 128],
      [128, 256],
      [256, 512],
    ].map(([from, to]) => double(from!, to!) + unit(from!, to!, 1));
    const head = 4 * unit(512, 128, 1) + unit(1024, 512) + (512 + 1);
    expect(weights('pyramid-pooling.net')).toBe(sum(encoder) + head);
    expect(sum(encoder) + head).toBe(9_848_641);
  });

  test('layer scale begins at 1e-6, and the drop rate rises with the units', () => {
    const { graph } = compileModel('examples/convnext.net', diskReader());
    const scales = graph!.variables.filter(({ path }) => path.endsWith('Scale/scale'));
    expect(scales.map(({ initial }) => initial)).toEqual(
      Array(18).fill({ kind: 'constant', value: 1e-6 }),
    );
    const rates = graph!.nodes.flatMap(({ op, attributes }) =>
      op.name === 'dropPath' ? [attributes.rate as number] : [],
    );
    expect(rates).toHaveLength(18);
    rates.forEach((rate, i) => {
      expect(rate).toBeCloseTo((0.1 * i) / 17, 12);
    });
  });
});

test('an example is 40 lines at most', () => {
  const files = readdirSync('examples').filter((name) => name.endsWith('.net'));
  expect(files).toHaveLength(6);
  for (const file of files) {
    const lines = readFileSync(`examples/${file}`, 'utf8').trimEnd().split('\n');
    expect(lines.length, file).toBeLessThanOrEqual(40);
  }
});
