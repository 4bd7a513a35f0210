import { describe, expect, test } from 'vitest';
import { printShape } from '../../../src/compiler/sizes/size.js';
import { diagnosticsOf, graphOf, modelOf, opsOf, pathsOf } from './texts.js';

describe('values-3: several values stand side by side, and a pattern takes them apart', () => {
  test('left of an arrow, as a start, as a result, in a pattern', () => {
    const swap = 'block Swap(a, b) { (b, a) }\n';
    const body = `let (c, _) = (image, image -> relu) -> Swap
  let (d, e) = repeat 2 with (s, t) = (c, image) { (t, s) }`;
    expect(opsOf(graphOf(swap + modelOf('d + e', body)))).toEqual(['relu', 'add']);
  });

  test('a list is taken apart by as many names', () => {
    const halves = 'let (a, _) = image -> split(2)';
    const graph = graphOf(modelOf('a -> relu', halves, 4));
    expect(graph.nodes[0]!.attributes).toMatchObject({ begin: [0, 0, 0, 0] });
    expect(printShape(graph.outputs[0]!.value.type.shape)).toBe('[N, H, W, 2]');
    const three = 'let (a, b, c) = [image, [image, image -> relu], 2]';
    expect(opsOf(graphOf(modelOf('a * c + b[1]', three)))).toEqual([
      'relu',
      'constant',
      'mul',
      'add',
    ]);
  });

  test.each([
    ['let (a, b) = image -> split(3)', 'NET0211: 2 names for 3 values'],
    ['let (a, b) = image', 'NET0211: 2 names for 1 value'],
  ])('%s is refused', (line, error) => {
    expect(diagnosticsOf(modelOf('a', line))).toEqual([error]);
  });

  test('they are not a value', () => {
    expect(diagnosticsOf(modelOf('(image, image)'))).toEqual([
      'NET0211: 2 values stand where one is wanted',
    ]);
  });
});

describe('names-1: case tells blocks from values', () => {
  test('only an arrow to a PascalCase name makes weights', () => {
    const graph = graphOf(modelOf('image -> relu -> Conv(4) -> sigmoid'));
    expect(pathsOf(graph)).toEqual(['Conv/kernel', 'Conv/bias']);
  });

  test('a block under a lowerCase name is refused', () => {
    expect(diagnosticsOf(modelOf('image', 'let unit = Conv(4)'))).toEqual([
      'NET0103: unit begins with a small letter and is no block; this is the block Conv',
    ]);
  });
});

describe('blocks-2: configuration', () => {
  const unit = 'block Unit(channels, kernel = 3) (x) { x -> Conv(channels, kernel: kernel) }\n';
  const kernelOf = (result: string, body = '') =>
    graphOf(unit + modelOf(result, body)).variables[0]!.value.type.shape.map(({ q }) => q.n);

  test('arguments are added bit by bit and make nothing by themselves', () => {
    expect(kernelOf('image -> Small(8)', 'let Small = Unit(kernel: 1)')).toEqual([1, 1, 3, 8]);
  });

  test.each([
    ['image -> Unit(32)(64)', 'NET0002'],
    ['image -> Thirtytwo(64)', 'NET0202: channels is given twice'],
    ['image -> Unit(channels: 3, 5)', 'NET0203'],
  ])('%s is refused', (result, error) => {
    const [first] = diagnosticsOf(unit + modelOf(result, 'let Thirtytwo = Unit(32)'));
    expect(first).toContain(error);
  });

  test('blocks-3: a PascalCase parameter takes an operation', () => {
    const text = 'block Apply(Join) (a, b) { (a, b) -> Join }\n';
    expect(opsOf(graphOf(text + modelOf('(image, image) -> Apply(concat)')))).toEqual(['concat']);
  });

  test('blocks-3: a list that holds a tensor is no configuration', () => {
    const text = 'block Held(list) (x) { x }\n';
    expect(diagnosticsOf(text + modelOf('image -> Held([1, [image]])'))).toEqual([
      'NET0212: list is configuration, and a tensor comes only along an arrow',
    ]);
  });
});

describe('blocks-4: application', () => {
  test('concat flattens lists, and takes any number', () => {
    const graph = graphOf(modelOf('(image, [image, [image]]) -> concat'));
    expect(graph.nodes[0]!.operands).toHaveLength(3);
  });

  test('a list goes into a block whole', () => {
    const text = 'block Ends(list) { list.first + list.last }\n';
    expect(opsOf(graphOf(text + modelOf('[image, image] -> Ends')))).toEqual(['add']);
  });

  test('the number of inputs must agree', () => {
    const text = 'block Pair(a, b) { a + b }\n';
    expect(diagnosticsOf(text + modelOf('image -> Pair'))).toEqual([
      'NET0302: Pair has 2 inputs, (a, b); the arrow brings 1 value',
    ]);
  });

  test('blocks-1: the brackets of a block with one list are its inputs', () => {
    const text = 'block Head(classes) { classes -> Conv(1) }\n';
    expect(diagnosticsOf(text + modelOf('image -> Head(1)'))).toEqual([
      'NET0304: Head has no configuration; its only list, (classes), is its inputs',
    ]);
  });
});

describe('blocks-5: parameters', () => {
  test('a default may use the inputs and the parameters before it, anew at each application', () => {
    const text =
      'block Wide(factor = 2, channels = x.channels * factor) (x) { x -> Conv(channels) }\n';
    const graph = graphOf(text + modelOf('image -> Wide -> Wide(3)'));
    const channels = graph.variables.filter(({ path }) => path.endsWith('bias'));
    expect(channels.map(({ value }) => value.type.shape[0]!.q.n)).toEqual([6, 18]);
  });

  test('a default is no tensor either', () => {
    const text = 'block Held(a = x, b = [x]) (x) { x }\n';
    expect(diagnosticsOf(text + modelOf('image -> Held'))).toEqual([
      'NET0212: a is configuration, and a tensor comes only along an arrow',
      'NET0212: b is configuration, and a tensor comes only along an arrow',
    ]);
  });

  test('a parameter without argument and default is an error at the arrow', () => {
    const text = 'block Unit(channels) (x) { x -> Conv(channels) }\n';
    expect(diagnosticsOf(text + modelOf('image -> Unit'))).toEqual([
      'NET0206: channels of Unit has no argument',
    ]);
  });
});

describe('names-2, names-3: scope', () => {
  test("a block sees nothing of its caller, and its file's definitions in any order", () => {
    const blocks = 'block A(x) { x -> B }\nblock B(x) { x + outer }\n';
    expect(diagnosticsOf(blocks + modelOf('image -> A', 'let outer = image'))).toEqual([
      'NET0101: there is no outer here',
    ]);
  });

  test('a name hides nothing, but a loop may hide outer names', () => {
    const hides = modelOf('image', 'let y = if true { let image = 3\n image } else { 4 }');
    expect(diagnosticsOf(hides)).toEqual(['NET0102: image is bound already']);
    const loop = '(repeat 2 with image = image { image -> relu }) -> Conv(1)';
    expect(diagnosticsOf(modelOf(loop))).toEqual([]);
  });

  test('a name holds from its line on', () => {
    expect(diagnosticsOf(modelOf('image', 'let a = b\n let b = image'))[0]).toBe(
      'NET0101: b is bound only below, in line 4',
    );
  });
});

test('modes-3: bodies run from top to bottom, operands from left to right', () => {
  const graph = graphOf(
    modelOf('(image -> tanh) + (first -> abs) * (image -> exp)', 'let first = image -> relu'),
  );
  expect(opsOf(graph)).toEqual(['relu', 'tanh', 'abs', 'exp', 'mul', 'add']);
});
