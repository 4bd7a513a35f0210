import { describe, expect, test } from 'vitest';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import { initialValues } from '../../../src/compiler/ir/initial-values.js';
import { parse } from '../../../src/compiler/ir/parse.js';
import { print } from '../../../src/compiler/ir/print.js';
import type { Tensor } from '../../../src/compiler/ops/values.js';
import { evaluateShape, printShape } from '../../../src/compiler/sizes/size.js';
import { diagnosticsOf, graphOf, modelOf } from '../expand/texts.js';
import { around } from '../ops/cases/case.js';

const image = around([2, 4, 6, 3], 1);

/** What the network gives at its start, its input and the values that its weights start with. */
function atStart(result: string, x: Tensor = image) {
  const graph = graphOf(modelOf(result));
  const variables = Object.fromEntries(
    graph.variables.map(({ path, value, initial }) => {
      const shape = evaluateShape(value.type.shape, {});
      return [path, { shape, data: Float64Array.from(initialValues(initial, path, shape, 5)) }];
    }),
  );
  return { mask: interpret(graph, { inputs: { image: x }, variables }).outputs.mask!, variables };
}

describe('Scale multiplies each channel by a trained factor', () => {
  test('which is `init` at first: the layer scale of ConvNeXt', () => {
    const { mask, variables } = atStart('image -> Scale(init: 0.001)');
    expect(Object.keys(variables)).toEqual(['Scale/scale']);
    for (const [i, value] of mask!.data.entries()) {
      expect(value).toBeCloseTo(image.data[i]! * 0.001, 9);
    }
  });
});

describe('Learned gives weights of its own, the same for each image', () => {
  test('a vector at each pixel of x', () => {
    const graph = graphOf(modelOf('image + (image -> Learned)'));
    const value = around([3], 9);
    const inputs = { image };
    const { mask } = interpret(graph, { inputs, variables: { 'Learned/value': value } }).outputs;
    for (const [i, sum] of mask!.data.entries()) {
      expect(sum).toBeCloseTo(image.data[i]! + value.data[i % 3]!, 12);
    }
  });

  test('a table of a fixed size, resampled to that of x', () => {
    const result = 'image + ((image -> Learned([2, 3]), image) -> resizeLike)';
    const graph = graphOf(modelOf(result));
    const value = around([2, 3, 3], 9);
    const inputs = { image };
    const { mask } = interpret(graph, { inputs, variables: { 'Learned/value': value } }).outputs;
    for (const [i, sum] of mask!.data.entries()) {
      const [c, column, row] = [i % 3, Math.floor(i / 3) % 6, Math.floor(i / 18) % 4];
      const entry = (Math.floor(row / 2) * 3 + Math.floor(column / 2)) * 3 + c;
      expect(sum).toBeCloseTo(image.data[i]! + value.data[entry]!, 12);
    }
  });

  test('of other channels, for each image of the batch', () => {
    const graph = graphOf(modelOf('image -> Learned(8, channels: 16, init: "normal")'));
    expect(printShape(graph.outputs[0]!.value.type.shape)).toBe('[N, 8, 8, 16]');
    expect(graph.variables[0]!.initial).toEqual({ kind: 'normal', scale: 0.02 });
  });

  test('a table of another size than x is refused where the two meet', () => {
    expect(diagnosticsOf(modelOf('image + (image -> Learned(8))'))).toEqual([
      'NET0402: heights disagree in +: H and 8',
    ]);
  });
});

describe('init', () => {
  test('takes a number: every weight starts there', () => {
    const { variables } = atStart('image -> Conv(2, init: 0.25)');
    expect(new Set(variables['Conv/kernel']!.data)).toEqual(new Set([0.25]));
  });

  test.each([2, 3, 8])(
    '"bilinear" enlarges %i times as upsample does, but for the border',
    (factor) => {
      const kernel = 2 * factor - (factor % 2);
      const given = `kernel: ${kernel}, stride: ${factor}, bias: false, init: "bilinear"`;
      const { mask } = atStart(`image -> ConvTranspose(3, ${given})`);
      const wanted = atStart(`image -> upsample(${factor}, mode: "bilinear")`).mask;
      expect(mask!.shape).toEqual(wanted.shape);
      const [, height, width] = mask!.shape;
      let compared = 0;
      for (const [i, value] of mask!.data.entries()) {
        const [x, y] = [Math.floor(i / 3) % width!, Math.floor(i / 3 / width!) % height!];
        if (Math.min(x, y, width! - 1 - x, height! - 1 - y) < factor) continue;
        expect(value).toBeCloseTo(wanted.data[i]!, 6);
        compared++;
      }
      expect(compared).toBeGreaterThan(0);
    },
  );

  test('"bilinear" of a 4x4 kernel is the filter of the published FCN', () => {
    const { variables } = atStart('image -> ConvTranspose(3, kernel: 4, init: "bilinear")');
    const { shape, data } = variables['ConvTranspose/kernel']!;
    expect(shape).toEqual([4, 4, 3, 3]);
    const line = [0.25, 0.75, 0.75, 0.25];
    for (const [i, value] of data.entries()) {
      const [input, channel, tap] = [i % 3, Math.floor(i / 3) % 3, Math.floor(i / 9)];
      const weight = line[Math.floor(tap / 4)]! * line[tap % 4]!;
      expect(value).toBe(input === channel ? weight : 0);
    }
  });

  test('"bilinear" reads back from the text of a graph', () => {
    const stride = 'kernel: [4, 6], stride: [2, 3]';
    const graph = graphOf(modelOf(`image -> ConvTranspose(3, ${stride}, init: "bilinear")`));
    expect(graph.variables[0]!.initial).toEqual({ kind: 'bilinear', factors: [2, 3] });
    expect(parse(print(graph)).variables[0]!.initial).toEqual(graph.variables[0]!.initial);
  });

  test.each([
    [
      'ConvTranspose(2, kernel: 4, init: "bilinear")',
      'NET0401: init "bilinear" enlarges each channel by itself: 3 come in, 2 are wanted',
    ],
    [
      'ConvTranspose(3, init: "bilinear")',
      'NET0401: init "bilinear" with a stride of 2 wants a kernel of 4 or more, this one has 2',
    ],
    [
      'Conv(3, init: "bilinear")',
      'NET0208: init of Conv wants a number or "he_normal" or "he_uniform" or "glorot_normal" or "glorot_uniform" or "zeros", this is "bilinear"',
    ],
  ])('%s is refused', (stage, error) => {
    expect(diagnosticsOf(modelOf(`image -> ${stage}`))).toEqual([error]);
  });
});
