import { describe, expect, test } from 'vitest';
import { builtins } from '../../../src/compiler/builtins/index.js';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import { sizeOf, type Tensor } from '../../../src/compiler/ops/values.js';
import { printResidue } from '../../../src/compiler/sizes/residue.js';
import { evaluateShape, printShape } from '../../../src/compiler/sizes/size.js';
import { diagnosticsOf, graphOf, modelOf } from '../expand/texts.js';
import { around } from '../ops/cases/case.js';

const extents = [2, 4, 6, 4] as const;
const [images, height, width, channels] = extents;
const image = around(extents, 1);
const pixels = height * width;
const at = (n: number, pixel: number, c: number) => (n * pixels + pixel) * channels + c;

/** What the network `text` of the image gives, its weights random, and these weights by path. */
function run(text: string, body = ''): { mask: Tensor; variables: Record<string, Tensor> } {
  const graph = graphOf(modelOf(text, body, channels));
  const variables = Object.fromEntries(
    graph.variables.map(({ path, value }, i) => [
      path,
      around(evaluateShape(value.type.shape, {}), i + 2),
    ]),
  );
  return { mask: interpret(graph, { inputs: { image }, variables }).outputs.mask!, variables };
}

function expectClose(actual: Tensor, expected: (n: number, pixel: number, c: number) => number) {
  for (let n = 0; n < images; n++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let c = 0; c < channels; c++) {
        expect(actual.data[at(n, pixel, c)]).toBeCloseTo(expected(n, pixel, c), 10);
      }
    }
  }
}

test('the names of the language are there, blocks and operations', () => {
  const of = (kind: string) => [...builtins.values()].filter((b) => b.kind === kind);
  const names = (kind: string) =>
    of(kind)
      .map(({ name }) => name)
      .sort()
      .join(' ');
  expect(names('block')).toBe(
    'BatchNorm Conv ConvTranspose DepthwiseConv GroupNorm InstanceNorm LayerNorm Learned PRelu Scale',
  );
  expect(names('operation')).toBe(
    'abs adaptiveAveragePool adaptiveMaxPool add averagePool channelMax channelMean concat cropLike dropPath dropout elu exp gelu globalAverage globalMax ' +
      'hardSigmoid identity leakyRelu log maxPool maxPoolWithSwitches maxUnpool pad relu resizeLike ' +
      'sigmoid silu softmax softplus spatialDropout split sqrt square tanh upsample zeros',
  );
});

describe('norms are (x - mean) / sqrt(variance + epsilon) * scale + shift', () => {
  // Which elements share their moments with the one at (pixel, c) of an image.
  const all = Array.from({ length: pixels }, (_, i) => i);
  const channelsIn = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => from + i);
  const half = (c: number) => (c < 2 ? channelsIn(0, 2) : channelsIn(2, 4));
  test.each([
    ['GroupNorm(2)', 'GroupNorm', () => all, half],
    ['GroupNorm(1)', 'GroupNorm', () => all, () => channelsIn(0, 4)],
    ['InstanceNorm', 'InstanceNorm', () => all, (c: number) => [c]],
    ['LayerNorm', 'LayerNorm', (pixel: number) => [pixel], () => channelsIn(0, 4)],
  ])('%s', (text, path, pixelsOf, channelsOf) => {
    const { mask, variables } = run(`image -> ${text}`);
    expect(Object.keys(variables)).toEqual([`${path}/scale`, `${path}/shift`]);
    expectClose(mask, (n, pixel, c) => {
      const shared = pixelsOf(pixel).flatMap((p) =>
        channelsOf(c).map((other) => image.data[at(n, p, other)]!),
      );
      const mean = shared.reduce((sum, x) => sum + x, 0) / shared.length;
      const variance = shared.reduce((sum, x) => sum + (x - mean) ** 2, 0) / shared.length;
      const { data: scale } = variables[`${path}/scale`]!;
      const { data: shift } = variables[`${path}/shift`]!;
      const x = image.data[at(n, pixel, c)]!;
      return ((x - mean) / Math.sqrt(variance + 1e-5)) * scale[c]! + shift[c]!;
    });
  });

  test('without scale and shift they have no weights', () => {
    expect(run('image -> InstanceNorm(scale: false, shift: false)').variables).toEqual({});
  });

  test('one channel is one group', () => {
    const single = graphOf(modelOf('image -> GroupNorm', '', 1));
    const given = graphOf(modelOf('image -> GroupNorm(groups: 1)', '', 1));
    expect({ ...single, name: '' }).toMatchObject({ nodes: given.nodes.map(({ op }) => ({ op })) });
  });

  test('groups divide the channels', () => {
    expect(diagnosticsOf(modelOf('image -> GroupNorm(3)', '', 4))).toEqual([
      'NET0401: 3 groups do not divide 4 channels',
    ]);
  });
});

test('PRelu is a slope of its own for each channel where x is negative', () => {
  const { mask, variables } = run('image -> PRelu');
  expectClose(mask, (n, pixel, c) => {
    const x = image.data[at(n, pixel, c)]!;
    return x > 0 ? x : x * variables['PRelu/slope']!.data[c]!;
  });
});

test('DepthwiseConv: output channel c is input channel floor(c / multiplier) under a kernel of its own', () => {
  const { mask, variables } = run('image -> DepthwiseConv(2, kernel: 1)');
  const { data: kernel, shape } = variables['DepthwiseConv/kernel']!;
  expect(shape).toEqual([1, 1, 1, 8]);
  for (let i = 0; i < sizeOf(mask.shape); i++) {
    const c = i % 8;
    const x = image.data[Math.floor(i / 8) * channels + Math.floor(c / 2)]!;
    expect(mask.data[i]).toBeCloseTo(
      x * kernel[c]! + variables['DepthwiseConv/bias']!.data[c]!,
      10,
    );
  }
});

describe('pooling with switches', () => {
  const pooled = 'let (small, switches) = image -> maxPoolWithSwitches(2)';

  test('maxUnpool gives the size before pooling, each maximum at its place', () => {
    const { mask } = run('(small, switches) -> maxUnpool', pooled);
    expectClose(mask, (n, pixel, c) => {
      const [row, column] = [Math.floor(pixel / width), pixel % width];
      const window = [0, 1, 2, 3].map((tap) => {
        const y = row - (row % 2) + Math.floor(tap / 2);
        return image.data[at(n, y * width + column - (column % 2) + (tap % 2), c)]!;
      });
      const x = image.data[at(n, pixel, c)];
      return x === Math.max(...window) ? x : 0;
    });
  });

  test('the size before pooling comes back whatever the window', () => {
    const unequal = pooled.replace('(2)', '([2, 3])');
    const { outputs, symbols } = graphOf(modelOf('(small, switches) -> maxUnpool', unequal));
    expect(printShape(outputs[0]!.value.type.shape)).toBe('[N, H, W, 3]');
    expect(symbols.map(printResidue)).toEqual(['N', 'H = 2k', 'W = 3k']);
  });

  test.each([
    [
      '(small, small) -> maxUnpool',
      'NET0401: the second input must be the switches of maxPoolWithSwitches',
    ],
    ['(few, switches) -> maxUnpool', 'NET0401: switches has the shape'],
    ['switches -> relu', 'NET0401: floats are wanted, not int'],
  ])('%s is refused', (text, error) => {
    const body = `${pooled}\n  let few = small -> Conv(2)`;
    expect(diagnosticsOf(modelOf(text, body))[0]).toContain(error);
  });
});

describe('padding "torch" of poolings is PyTorch\'s: (window - 1) / 2 on both sides', () => {
  /** What each window of three around each second pixel covers of the image of 4 by 6. */
  const covered = (row: number, column: number): number[] =>
    [-1, 0, 1].flatMap((dy) =>
      [-1, 0, 1].flatMap((dx) => {
        const [y, x] = [2 * row + dy, 2 * column + dx];
        return y >= 0 && y < height && x >= 0 && x < width ? [y * width + x] : [];
      }),
    );
  const pooled = (of: (values: number[]) => number): number[] =>
    Array.from({ length: images * (height / 2) * (width / 2) * channels }, (_, i) => {
      const c = i % channels;
      const column = Math.floor(i / channels) % (width / 2);
      const row = Math.floor(i / channels / (width / 2)) % (height / 2);
      const n = Math.floor(i / channels / (width / 2) / (height / 2));
      return of(covered(row, column).map((pixel) => image.data[at(n, pixel, c)]!));
    });

  test('maxPool(3, stride: 2): the padding is never the largest', () => {
    const { mask } = run('image -> maxPool(3, stride: 2, padding: "torch")');
    expect(mask.shape).toEqual([images, 2, 3, channels]);
    expect([...mask.data]).toEqual(pooled((values) => Math.max(...values)));
  });

  test('averagePool(3, stride: 2): the zeros around are counted', () => {
    const { mask } = run('image -> averagePool(3, stride: 2, padding: "torch")');
    const expected = pooled((values) => values.reduce((a, b) => a + b, 0) / 9);
    for (const [i, value] of mask.data.entries()) expect(value).toBeCloseTo(expected[i]!, 12);
  });

  test.each([
    ['maxPool(3, stride: 2, padding: "torch")', '[N, H/2, W/2, 4]'],
    ['maxPool(5, stride: 1, padding: "torch")', '[N, H, W, 4]'],
    ['averagePool(3, stride: [1, 2], padding: "torch")', '[N, H, W/2, 4]'],
  ])('%s gives %s', (text, shape) => {
    const { outputs } = graphOf(modelOf(`image -> ${text}`, '', channels));
    expect(printShape(outputs[0]!.value.type.shape)).toBe(shape);
  });

  test('of an odd number of rows the last is the middle of a window, as in PyTorch', () => {
    const text = `model Net {
  input image: [N, 5, 6, 1]
  output mask = image -> maxPool(3, stride: [2, 1], padding: "torch")
}`;
    expect(printShape(graphOf(text).outputs[0]!.value.type.shape)).toBe('[N, 3, 6, 1]');
  });
});
