import { describe, expect, test } from 'vitest';
import { type Difference, differenceOf } from '../../../src/compiler/diff/difference.js';
import { compileText, modelOf } from '../expand/texts.js';

const size = { height: 16, width: 16 };

function compiled(text: string, set: Readonly<Record<string, string>> = {}) {
  const { graph, tree, diagnostics } = compileText(text, { overrides: set });
  if (!graph || !tree) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { graph, tree };
}

const diff = (before: string, after: string, set?: Readonly<Record<string, string>>): Difference =>
  differenceOf(compiled(before), compiled(after, set), size);

/** `kind block > block` and its places. */
const said = ({ changes }: Difference) =>
  changes.map(({ kind, before, after, paths }) => [
    `${kind} ${before.map(({ block }) => block).join(' ')} > ${after.map(({ block }) => block).join(' ')}`,
    ...paths,
  ]);

const chain = (stages: string): string => modelOf(`image -> ${stages}`);
const u = `block Wide(channels) (x) { x -> Conv(channels) -> relu }
block Deep(channels) (x) { x -> Conv(channels) -> relu -> Conv(channels) -> relu }
block Shape(Unit, channels, depth) (x) {
  let here = x -> Unit(channels)
  if depth == 0 { here } else {
    let up = here -> maxPool(2) -> Shape(Unit, channels * 2, depth - 1) as below -> upsample(2)
    (here, up) -> concat -> Unit(channels)
  }
}
model Net(Unit = Wide, base = 2, depth = 2) {
  input image: [N, H, W, 3]
  output mask = image -> Shape(Unit, base, depth) -> Conv(1)
}`;

test('a model and itself: nothing', () => {
  const { totals, definitions, ...rest } = diff(u, u);
  expect(Object.values(rest).flat()).toEqual([]);
  expect(definitions.map(({ size }) => size)).toEqual([0, 0]);
  expect(totals[0]).toEqual(totals[1]);
});

test('names, comments and line breaks are no difference', () => {
  const rewritten = u.replaceAll('Wide', 'Broad').replace('x -> Conv', 'x\n // first\n -> Conv');
  const { changes } = diff(u.replaceAll('Wide', 'Broad'), rewritten);
  expect(changes).toEqual([]);
});

test('one argument, one change: the unit at all its places, with what it costs', () => {
  const difference = diff(u, u, { Unit: 'Deep' });
  expect(difference.parameters).toEqual([{ name: 'Unit', before: 'Wide', after: 'Deep' }]);
  expect(said(difference)).toEqual([
    [
      'replaced Wide > Deep',
      'Shape/Unit',
      'Shape/below/Unit',
      'Shape/below/below/Unit',
      'Shape/below/Unit.2',
      'Shape/Unit.2',
    ],
  ]);
  const [change] = difference.changes;
  expect(change).toMatchObject({ within: 'Shape', of: 5, segments: ['Unit', 'Unit.2'] });
  expect(change!.before[0]!.configuration).toEqual([['channels', ['2', '4', '8']]]);
  const [before, after] = difference.totals;
  expect(change!.shares[1].parameters - change!.shares[0].parameters).toBe(
    after.parameters - before.parameters,
  );
  expect(change!.shares[1].multiplyAdds - change!.shares[0].multiplyAdds).toBe(
    after.multiplyAdds - before.multiplyAdds,
  );
  const [gone, come] = difference.definitions;
  expect([[...gone.keys()], [...come.keys()]]).toEqual([['Wide'], ['Deep']]);
  expect(come.get('Deep')).toContain('x -> Conv(channels) -> relu -> Conv(channels) -> relu');
});

test('one level more: its blocks are added where the recursion ended, and the sizes change', () => {
  const { changes, sizes } = diff(u, u, { depth: '3' });
  expect(changes).toMatchObject([
    { kind: 'added', within: 'Shape', paths: ['Shape/below/below'], of: 3, before: [] },
  ]);
  expect(changes[0]!.after.map(({ segment }) => segment)).toEqual([
    'maxPool',
    'below',
    'upsample',
    'concat',
    'Unit.2',
  ]);
  expect(sizes).toContainEqual({ name: 'H', before: 'H = 4k', after: 'H = 8k' });
});

describe('built-ins', () => {
  test('other arguments', () => {
    const { changes } = diff(chain('Conv(4) -> relu'), chain('Conv(4, kernel: 5) -> relu'));
    expect(changes).toMatchObject([{ kind: 'configured', paths: ['Conv'], of: 1 }]);
    expect(changes[0]!.after[0]!.configuration).toEqual([
      ['channels', ['4']],
      ['kernel', ['5']],
    ]);
  });

  test('another operation stands for the one of its kind, and what goes is named', () => {
    const difference = diff(chain('Conv(4) -> BatchNorm -> relu'), chain('Conv(4) -> gelu'));
    expect(said(difference)).toEqual([
      ['removed BatchNorm > ', ''],
      ['replaced relu > gelu', 'relu'],
    ]);
  });

  test('a number of an operator', () => {
    const scaled = (by: string) => modelOf(`(image -> Conv(1)) * ${by}`);
    expect(said(diff(scaled('0.5'), scaled('0.25')))).toEqual([['configured * > *', '*']]);
  });

  test('a step more of a loop', () => {
    const steps = (n: number) => modelOf(`repeat ${n} with s = image { s -> Conv(3) }`);
    expect(diff(steps(2), steps(3)).changes).toMatchObject([
      { kind: 'added', after: [{ block: null, segment: 's[2]' }] },
    ]);
  });
});

describe('the same blocks, wired otherwise', () => {
  const body = 'let a = image -> Conv(4)\n let b = image -> Conv(4)';
  const joined = (pair: string) => modelOf(`${pair} -> concat -> Conv(1)`, body);

  test('operands that change places', () => {
    const { changes } = diff(joined('(a, b)'), joined('(b, a)'));
    expect(changes).toMatchObject([{ kind: 'rewired', before: [{ block: 'concat' }] }]);
    expect(changes[0]!.feeds).toEqual([
      ['Conv', 'Conv.2'],
      ['Conv.2', 'Conv'],
    ]);
  });

  test('a sum does not ask for their order', () => {
    const sum = (expression: string) => modelOf(expression, body);
    expect(diff(sum('a + b'), sum('b + a')).changes).toEqual([]);
  });

  test('what reads past a block that is new is not a change of its own', () => {
    const difference = diff(chain('Conv(4) -> Conv(1)'), chain('Conv(4) -> relu -> Conv(1)'));
    expect(said(difference)).toEqual([['added  > relu', '']]);
  });
});

test('inputs and outputs by name', () => {
  const { inputs, outputs } = diff(chain('Conv(1)'), modelOf('image -> Conv(2)', '', 4));
  expect(inputs).toEqual([{ name: 'image', before: '[N, H, W, 3]', after: '[N, H, W, 4]' }]);
  expect(outputs).toEqual([{ name: 'mask', before: '[N, H, W, 1]', after: '[N, H, W, 2]' }]);
});

test('what no output depends on is not compared', () => {
  const { changes } = diff(
    chain('Conv(1)'),
    modelOf('image -> Conv(1)', 'let lost = image -> relu'),
  );
  expect(changes).toEqual([]);
});
