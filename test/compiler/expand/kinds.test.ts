import { describe, expect, test } from 'vitest';
import { diagnosticsOf, modelOf } from './texts.js';

const codesOf = (text: string, others = {}) =>
  diagnosticsOf(text, {}, others).map((line) => line.slice(0, 7));

describe('values-1: no kind of value turns into another', () => {
  test.each([
    'Conv("8")',
    'Conv(true)',
    'Conv(8, bias: "no")',
    'Conv(8, padding: true)',
    'Conv(8 + "1")',
    'Conv(-"8")',
    'Conv(range("2").length)',
  ])('%s', (stage) => expect(codesOf(modelOf(`image -> ${stage}`))).toEqual(['NET0208']));
});

describe('values-2: lists hold values of any kind', () => {
  test('and `...` puts in the entries of another', () => {
    const list = 'let list = [1, ...[2, [3, "x"]], ...[], Conv, image]';
    const used = 'if list.length == 5 and list[2][1] == "x" { image -> Conv(list[1]) } else { 0 }';
    expect(codesOf(modelOf(used, list))).toEqual([]);
  });

  test('which must be a list', () => {
    expect(codesOf(modelOf('[image, ...2] -> concat'))).toEqual(['NET0208']);
  });
});

test('values-3: a list is no several values where a loop starts or ends a step', () => {
  const loop = (start: string, step: string) =>
    codesOf(
      modelOf('(a + b) -> Conv(1)', `let (a, b) = repeat 1 with (s, t) = ${start} { ${step} }`),
    );
  expect(loop('(image, image)', '(t, s)')).toEqual([]);
  expect(loop('[image, image]', '(t, s)')).toEqual(['NET0211']);
  expect(loop('(image, image)', '[t, s]')).toEqual(['NET0211']);
});

describe('names-4: the names of the built-ins are taken', () => {
  test.each([
    'block Conv(x) { x }\n',
    'block Unit(relu) { relu }\n',
    'import { Unit as BatchNorm } from "units.net"\n',
  ])('%s', (head) => {
    const units = { 'units.net': 'block Unit(x) { x -> Conv(1) }' };
    expect(codesOf(head + modelOf('image -> Conv(1)'), units)).toContain('NET0107');
  });
});

test.each(['Conv(0)', 'Conv([8])', 'dropout(1)', 'Conv(8, bias: 1)', 'Conv(8 / 0)'])(
  'numbers-1: %s is given a number that it does not take',
  (stage) => expect(codesOf(modelOf(`image -> ${stage}`))).toEqual(['NET0214']),
);

describe('numbers-3: what can be compared', () => {
  const chosen = (condition: string) =>
    codesOf(modelOf(`if ${condition} { image -> Conv(1) } else { image -> Conv(2) }`));

  test.each([
    '1 < 2',
    '"a" == "b"',
    'true != (1 < 2)',
    'false and 1 / 0 == 1',
    'true or [].first == 1',
  ])('%s', (condition) => expect(chosen(condition)).toEqual([]));

  test.each(['1 == "a"', '"a" < "b"', '[1] == [1]', 'Conv == Conv', 'not 1', '1 and true'])(
    'not %s',
    (condition) => expect(new Set(chosen(condition))).toEqual(new Set(['NET0208'])),
  );
});

test('models-4: warnings wait until the file has no errors', () => {
  const line = 'let unused = 3';
  expect(codesOf(modelOf('image -> Conv(1)', line))).toEqual(['NET0906']);
  expect(codesOf(modelOf('image -> Conv(0.5)', line))).toEqual(['NET0207']);
});
