import { describe, expect, test } from 'vitest';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import { printResidue } from '../../../src/compiler/sizes/residue.js';
import { printShape } from '../../../src/compiler/sizes/size.js';
import { diagnosticsOf, graphOf, modelOf } from '../expand/texts.js';
import { listed } from '../ops/cases/case.js';

/** What `stage` makes of one image of one channel, by rows. */
function pooled(stage: string, rows: readonly (readonly number[])[]): readonly number[] {
  const graph = graphOf(modelOf(`image -> ${stage}`, '', 1));
  const image = listed([1, rows.length, rows[0]!.length, 1], rows.flat());
  return [...interpret(graph, { inputs: { image }, variables: {} }).outputs.mask!.data];
}

const count = (n: number) => Array.from({ length: n }, (_, i) => i);

describe("sizes-6: adaptive pooling divides an image as PyTorch's does", () => {
  // Region i of k over n elements goes from floor(i n / k) to ceil((i + 1) n / k), as its documentation of
  // AdaptiveAvgPool2d and its source say: of 5 elements in 3 these are 0-1, 1-3, 3-4, of 7 in 4 0-1, 1-3, 3-5, 5-6.
  test.each([
    [5, 3, [0.5, 2, 3.5]],
    [7, 4, [0.5, 2, 4, 5.5]],
    [6, 3, [0.5, 2.5, 4.5]],
    [3, 1, [1]],
    [2, 5, [0, 0, 0.5, 1, 1]],
  ])('%i columns in %i: the means', (columns, parts, means) => {
    expect(pooled(`adaptiveAveragePool([1, ${parts}])`, [count(columns)])).toEqual(means);
    const column = count(columns).map((x) => [x]);
    expect(pooled(`adaptiveAveragePool([${parts}, 1])`, column)).toEqual(means);
  });

  test.each([
    [5, 3, [1, 3, 4]],
    [7, 4, [1, 3, 5, 6]],
  ])('%i columns in %i: the largest', (columns, parts, largest) => {
    expect(pooled(`adaptiveMaxPool([1, ${parts}])`, [count(columns)])).toEqual(largest);
  });

  test('regions of both axes are rectangles', () => {
    const image = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 12],
    ];
    expect(pooled('adaptiveAveragePool(2)', image)).toEqual([3, 4, 6, 7.75]);
    expect(pooled('adaptiveMaxPool(2)', image)).toEqual([5, 6, 8, 12]);
  });

  test('an image of any size becomes one of a fixed size', () => {
    const { outputs, symbols } = graphOf(modelOf('image -> adaptiveAveragePool([6, 4])'));
    expect(printShape(outputs[0]!.value.type.shape)).toBe('[N, 6, 4, 3]');
    expect(symbols.map(printResidue)).toEqual(['N', 'H', 'W']);
  });

  test.each([
    ['adaptiveAveragePool', 'NET0206: size of adaptiveAveragePool has no argument'],
    [
      'adaptiveMaxPool(0)',
      'NET0214: size of adaptiveMaxPool wants a whole number of 1 or more, or [height, width], this is the number 0',
    ],
    [
      'adaptiveMaxPool(output_size: 1)',
      'NET0201: adaptiveMaxPool has no parameter output_size, only (size)',
    ],
  ])('%s is refused', (stage, error) => {
    expect(diagnosticsOf(modelOf(`image -> ${stage}`))).toEqual([error]);
  });
});
