import { describe, expect, test } from 'vitest';
import { checkFile, compileModel } from '../../../src/compiler/compile.js';
import { compileText, diagnosticsOf, graphOf, modelOf, opsOf, pathsOf, readerOf } from './texts.js';

const units = {
  'units.net': `block Unit(channels) (x) { x -> Conv(channels) }
block Deep(x) { x -> Unit(2) -> Unit(3) }
block Same(x) { x -> relu }`,
  'other.net': 'block Same(x) { x -> tanh }',
};

describe('files-1: imports', () => {
  test('blocks of another file, also under another name', () => {
    const text = `import { Unit, Deep as Tower } from "units.net"\n${modelOf('image -> Tower -> Unit(1)')}`;
    expect(pathsOf(graphOf(text, {}, units)).filter((path) => path.endsWith('kernel'))).toEqual([
      'Tower/Unit/Conv/kernel',
      'Tower/Unit.2/Conv/kernel',
      'Unit/Conv/kernel',
    ]);
  });

  test.each([
    ['import { Unit } from "nowhere.net"\n', {}, 'NET0104: there is no file nowhere.net'],
    ['import { Unt } from "units.net"\n', units, 'NET0105: units.net defines no Unt'],
    ['block Conv(x) { x }\n', {}, 'NET0107: Conv is built in'],
    [
      'import { A } from "a.net"\n',
      {
        'a.net': 'import { B } from "b.net"\nblock A(x) { x }',
        'b.net': 'import { A } from "a.net"',
      },
      'NET0106: files import in a circle: a.net imports b.net imports a.net',
    ],
  ])('%s is refused', (head, files: Record<string, string>, error) => {
    expect(diagnosticsOf(head + modelOf('image'), {}, files)).toContain(error);
  });

  test('files-2: a block that no model reaches is checked for names and kinds only', () => {
    const text = `block Lost(x) { x -> Conv(0.5) }\nblock Wrong(x) { x -> Cov(1) }\n${modelOf('image')}`;
    expect(diagnosticsOf(text)).toEqual(['NET0101: there is no Cov here']);
  });

  test('a library without models is checked by itself', () => {
    expect(checkFile('units.net', readerOf(units)).diagnostics).toEqual([]);
  });
});

const base = `block A(x) { x -> Conv(1) }
block B(x) { x -> relu }
model Base(Unit = A, depth = 1, wide = depth * 2) {
  input image: [N, H, W, 3]
  output mask = repeat depth with s = image { s -> Unit }
  output other = image -> Conv(wide)
}
`;

describe('variants-2: an argument of a variant may use parameters of its model', () => {
  const base = `model Base(Norm = BatchNorm, rate = 0.5, Last = dropout(rate)) {
  input image: [N, H, W, 3]
  output mask = image -> Conv(4) -> Norm -> Last
}
`;
  const opsIn = (text: string, overrides = {}) =>
    opsOf(graphOf(base + text, { model: 'V', overrides })).filter((op) => !/^(conv|bias)/.test(op));

  test('those before its own, as they came about', () => {
    const text = 'block Twice(Norm) (x) { x -> Norm -> Norm }\nmodel V = Base(Last: Twice(Norm))';
    expect(opsIn(text)).toEqual(['batchNorm', 'batchNorm', 'batchNorm']);
    expect(opsIn(text, { Norm: 'relu' })).toEqual(['relu', 'relu', 'relu']);
    expect(opsIn(`${text}(Norm: tanh)`)).toEqual(['tanh', 'tanh', 'tanh']);
    expect(opsIn('model V = Base(Norm: tanh)', { Last: 'Norm' })).toEqual(['tanh', 'tanh']);
  });

  test('a name of its own file comes first', () => {
    const files = { 'base.net': base };
    const text = `import { Base } from "base.net"
block Norm(x) { x -> tanh }
model V = Base(Last: Norm)`;
    const ops = opsOf(graphOf(text, {}, files));
    expect(ops.filter((op) => op === 'tanh')).toHaveLength(1);
  });

  test.each([
    ['model V = Base(Norm: Last)', 'NET0101: Last is bound only below, in line 1'],
    ['model V = Base(rate: rate / 2)', 'NET0101: there is no rate here'],
  ])('%s is refused', (text, error) => {
    expect(diagnosticsOf(base + text, { model: 'V' })).toEqual([error]);
  });

  test('so it is for --set', () => {
    expect(diagnosticsOf(base, { overrides: { Norm: 'Last' } })).toEqual([
      'NET0101: Last is bound only below, in line 1',
    ]);
    const ops = opsOf(graphOf(base, { overrides: { Norm: 'tanh', Last: 'Norm' } }));
    expect(ops.filter((op) => op === 'tanh')).toHaveLength(2);
  });
});

describe('variants-1: variants', () => {
  test('its arguments stand in place of defaults and of earlier arguments', () => {
    const text = `${base}model V = Base(B, depth: 3)\nmodel W = V(depth: 2)`;
    const graph = graphOf(text, { model: 'W' });
    expect(graph.name).toBe('W');
    expect(opsOf(graph)).toEqual(['relu', 'relu', 'conv', 'biasAdd']);
    expect(graph.outputs[1]!.value.type.shape[3]!.q.n).toBe(4);
  });

  test.each([
    ['model V = Base(deep: 1)', 'NET0201: Base has no parameter deep, only (Unit, depth, wide)'],
    ['model V = Base(B, Unit: B)', 'NET0202: Unit is given twice'],
    ['model V = A', 'NET0505: a variant is a model with arguments, `model V = M(...)`'],
    ['model V = W\nmodel W = V', 'NET0505: variants in a circle: V is W is V'],
  ])('%s is refused', (text, error) => {
    expect(diagnosticsOf(base + text, { model: 'V' })).toContain(error);
  });

  test('a circle of variants is one error, whichever of them is met', () => {
    const text = 'model C = A\nmodel A = B(k: 1)\nmodel B = A(k: 2)';
    for (const model of ['A', 'B', 'C']) {
      expect(diagnosticsOf(text, { model })).toEqual([
        'NET0505: variants in a circle: A is B is A',
      ]);
    }
  });

  test('loops in its arguments leave nothing in the tree of the model', () => {
    const text = `${modelOf('image -> Conv(widths.length)').replace('Net', 'Net(widths = [])')}
model Wide = Net(widths: for i in range(2) { i })`;
    const { tree } = compileText(text, { model: 'Wide' });
    expect(tree?.children.map(({ segment }) => segment)).toEqual(['Conv']);
  });

  test('files-3: where a file has several models, one is chosen by name', () => {
    const text = `${base}model V = Base(B)`;
    expect(diagnosticsOf(text)).toEqual([
      'NET0501: main.net defines 2 models, and one must be chosen: Base, V',
    ]);
    expect(diagnosticsOf(text, { model: 'Bas' })).toEqual([
      'NET0502: main.net defines no model Bas, only Base, V',
    ]);
    expect(diagnosticsOf('block A(x) { x }')).toEqual(['NET0501: main.net defines no model']);
  });
});

describe('variants-3: overrides', () => {
  test('a comment that reads like a division is warned of there too', () => {
    const { graph, diagnostics } = compileText(base, { overrides: { depth: '2 // 2' } });
    expect(graph).toBeDefined();
    expect(diagnostics.map(({ code, span }) => [code, span.file.path])).toContainEqual([
      'NET0910',
      '--set depth',
    ]);
  });

  test('the whole value is replaced', () => {
    const graph = graphOf(base, { overrides: { depth: '1 + 1', Unit: 'B' } });
    expect(opsOf(graph)).toEqual(['relu', 'relu', 'conv', 'biasAdd']);
    expect(graph.outputs[1]!.value.type.shape[3]!.q.n).toBe(4);
  });

  test("names are sought in the model's file, then in all that it imports", () => {
    const text = `import { Deep } from "units.net"\n${base}`;
    const files = { ...units, 'main.net': text };
    const paths = (Unit: string) =>
      pathsOf(compileModel('main.net', readerOf(files), { overrides: { Unit } }).graph!);
    expect(paths('Unit(7)')[0]).toBe('s[0]/Unit/Conv/kernel');
    expect(paths('Deep')[0]).toBe('s[0]/Unit/Unit/Conv/kernel');
  });

  test('two different finds are an error', () => {
    const text = `import { Deep } from "units.net"\nimport { Same as Other } from "other.net"\n${base}`;
    expect(diagnosticsOf(text, { overrides: { Unit: 'Same' } }, units)).toEqual([
      'NET0108: Same has two meanings here',
    ]);
  });

  test.each([
    [{ Unt: 'B' }, 'NET0504: Base has no parameter Unt, only Unit, depth, wide'],
    [{ Unit: 'C' }, 'NET0101: there is no C here'],
    [
      { Unit: '3' },
      'NET0103: Unit begins with a capital letter and is a block; this is the number 3',
    ],
    [{ depth: '1.5' }, 'NET0207: a whole number is wanted, not 1.5'],
  ])('%o is refused', (overrides, error) => {
    expect(diagnosticsOf(base, { overrides: overrides as Record<string, string> })).toContain(
      error,
    );
  });

  test('its errors stand in its own text', () => {
    const [error] = compileText(base, { overrides: { Unit: 'Relu' } }).diagnostics;
    expect(error!.span.file.path).toBe('--set Unit');
    expect(error!.suggestion?.message).toBe('did you mean relu?');
  });
});

describe('grammar-5: several errors in one run', () => {
  test('each is reported once, in order of position, and none is the echo of another', () => {
    const text = `block Unit(channels) (x) { x -> Conv(channels / 2) }
model Net {
  input image: [N, H, W, 3]
  let a = image -> Missing
  let b = a + 3 -> relu
  let c = image -> Unit(5) -> Unit(7)
  let d = (a, c) -> concat -> Unit(9)
  output mask = image + (image -> Conv(4))
}`;
    expect(diagnosticsOf(text).map((line) => line.slice(0, 7))).toEqual([
      'NET0207',
      'NET0101',
      'NET0007',
      'NET0402',
    ]);
  });

  test('one in a block is reported at its first instance, with the chain that made it', () => {
    const text = `block Inner(x) { x -> Conv(0.5) }
block Outer(n) (x) { if n == 0 { x -> Inner } else { x -> Outer(n - 1) } }
${modelOf('image -> Outer(2)')}`;
    const { origin } = compileText(text).diagnostics[0]!;
    const chain = [];
    for (let at = origin; at; at = at.parent) chain.push([at.block, at.depth, at.path]);
    expect(chain).toEqual([
      ['Inner', 0, 'Outer/Outer/Outer/Inner'],
      ['Outer', 2, 'Outer/Outer/Outer'],
      ['Outer', 1, 'Outer/Outer'],
      ['Outer', 0, 'Outer'],
    ]);
  });
});
