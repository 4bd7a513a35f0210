import { describe, expect, test } from 'vitest';
import { printShape } from '../../../src/compiler/sizes/size.js';
import { compileText, diagnosticsOf, graphOf, modelOf, opsOf } from './texts.js';

const outputShape = (text: string): string =>
  printShape(graphOf(text).outputs[0]!.value.type.shape);

describe('numbers-1, numbers-4: numbers, attributes and functions', () => {
  test.each([
    ['7 / 2 * 2', 7],
    ['2 - 3 - -4 * 2', 7],
    ['floor(7 / 2)', 3],
    ['ceil(7 / 2)', 4],
    ['round(5 / 2)', 3],
    ['min(4, 2, 3)', 2],
    ['max(4, 2, 3)', 4],
    ['pow(2, 10)', 1024],
    ['range(5).length', 5],
    ['range(2, 5).last', 4],
    ['[1, ...[2, 3]].reversed.first', 3],
    ['[1, 2, 3].rest.first + [1, 2, 3][2]', 5],
    ['(image -> Conv(6)).channels', 6],
  ])('%s is %d', (expression, value) => {
    const text = modelOf(`image -> Conv(${expression})`);
    const { graph } = compileText(text);
    expect(graph?.outputs[0]?.value.type.shape[3]?.q.n).toBe(value);
  });

  test('a number that no double holds is refused', () => {
    expect(diagnosticsOf(modelOf('image * 1e999'))).toEqual([
      'NET0214: 1e999 is more than double precision holds',
    ]);
  });

  test('numbers-2: a fraction is refused where a whole number is wanted, with the division', () => {
    const gate = 'block Gate(inner = x.channels / 2) (x) { x -> Conv(inner) }\n';
    expect(diagnosticsOf(gate + modelOf('image -> Gate', '', 5))).toEqual([
      'NET0207: a whole number is wanted, 5 / 2 is 2.5',
    ]);
  });

  test.each([
    ['1 / 0', 'NET0214: 1 / 0 is no number'],
    ['image.height', 'NET0209: no value has an attribute height, only length, first'],
    ['[1][1]', 'NET0210: there is no entry 1: the list has 1 entry, counted from 0'],
    ['[].first', 'NET0210: the list is empty and has no first'],
    ['sqrt(2)', 'NET0304: sqrt has no configuration'],
    ['"a" + 1', 'NET0208: a string stands beside +'],
  ])('%s is refused', (expression, error) => {
    expect(diagnosticsOf(modelOf(`image -> Conv(${expression})`))[0]).toContain(error);
  });
});

describe('numbers-5: operators on tensors', () => {
  test('a number combines with every element', () => {
    const graph = graphOf(modelOf('-(2 * image) / 3 - 1'));
    const binary = opsOf(graph).filter((op) => op !== 'constant');
    expect(binary).toEqual(['mul', 'neg', 'div', 'sub']);
  });

  test('under + and - two tensors agree in every size', () => {
    const [error] = diagnosticsOf(modelOf('image + (image -> Conv(64))', '', 1));
    expect(error).toBe('NET0402: channels disagree in +: 1 and 64');
    expect(diagnosticsOf(modelOf('image - (image -> globalAverage)'))[0]).toContain(
      'heights disagree',
    );
    expect(diagnosticsOf(modelOf('(image, image -> Conv(1)) -> add'))[0]).toContain(
      'channels disagree',
    );
  });

  test('under * and / a size that is literally 1 is spread', () => {
    expect(outputShape(modelOf('(image -> channelMean) * image'))).toBe('[N, H, W, 3]');
    expect(outputShape(modelOf('image / (image -> globalMax)'))).toBe('[N, H, W, 3]');
    expect(diagnosticsOf(modelOf('image * (image -> Conv(2))'))[0]).toContain('channels disagree');
  });

  test('numbers-3: comparison and logic are for configuration only', () => {
    expect(diagnosticsOf(modelOf('if image > 0 { image } else { image }'))).toEqual([
      'NET0208: a tensor stands beside >, which compares configuration only',
    ]);
    expect(diagnosticsOf(modelOf('if true and image { image } else { image }'))[0]).toContain(
      'NET0208',
    );
  });
});

describe('models-2: symbols', () => {
  test('sizes-1: a size is p times a symbol plus q', () => {
    expect(
      outputShape(modelOf('image -> Conv(2, padding: "valid") -> upsample(2) -> pad(3)')),
    ).toBe('[N, 2H + 2, 2W + 2, 2]');
  });

  test('one symbol is one size in all inputs', () => {
    const text = `model Two {
  input a: [N, H, W, 3]
  input b: [N, H, W, 3]
  output sum = a + b
}`;
    expect(graphOf(text).symbols.map(({ symbol }) => symbol)).toEqual(['N', 'H', 'W']);
    expect(diagnosticsOf(text.replace('b: [N, H, W', 'b: [N, H, V'))).toEqual([
      'NET0402: widths disagree in +: W and V',
    ]);
  });

  test('the channels are an expression of the parameters, and numbers may stand for all', () => {
    const text = 'model Net(extra = 1) { input x: [1, 8, 8, 2 + extra]\n output y = x }';
    expect(outputShape(text)).toBe('[1, 8, 8, 3]');
  });

  test('a size reaches an operation only through a tensor', () => {
    expect(outputShape(modelOf('(image -> maxPool(4), image) -> resizeLike'))).toBe('[N, H, W, 3]');
    expect(
      outputShape(modelOf('(image, image -> Conv(5, kernel: 5, padding: "valid")) -> cropLike')),
    ).toBe('[N, H - 4, W - 4, 3]');
    expect(diagnosticsOf(modelOf('image -> Conv(H)'))).toEqual([
      'NET0101: H is a size, which reaches an operation only through a tensor',
    ]);
  });

  test('a symbol is PascalCase', () => {
    const text = modelOf('image').replace('[N, H', '[n, H');
    expect(diagnosticsOf(text)).toEqual(['NET0101: there is no n here']);
  });

  test('four places', () => {
    const text = 'model Net { input x: [N, H, 3]\n output y = x }';
    expect(diagnosticsOf(text)[0]).toContain('NET0405');
  });
});
