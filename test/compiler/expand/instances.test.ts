import { describe, expect, test } from 'vitest';
import { diagnosticsOf, graphOf, modelOf, pathsOf } from './texts.js';

const kernels = (text: string): readonly string[] =>
  pathsOf(graphOf(text)).filter((path) => path.endsWith('kernel'));

describe('paths-1: instances and paths', () => {
  test('the name after the arrow, numbered from its second place on, or the name by `as`', () => {
    const unit = 'block Unit(x) { x -> Conv(3) -> Conv(3) as top -> Conv(3) }\n';
    expect(kernels(unit + modelOf('image -> Unit -> Unit'))).toEqual([
      'Unit/Conv/kernel',
      'Unit/top/kernel',
      'Unit/Conv.2/kernel',
      'Unit.2/Conv/kernel',
      'Unit.2/top/kernel',
      'Unit.2/Conv.2/kernel',
    ]);
  });

  test('it is the name written, not the block that it stands for', () => {
    const unit = 'block Apply(Norm) (x) { x -> Norm }\n';
    expect(pathsOf(graphOf(unit + modelOf('image -> Apply(Conv(3))')))[0]).toBe(
      'Apply/Norm/kernel',
    );
  });

  test('a branch belongs to the body around it, whichever is taken', () => {
    const unit =
      'block Unit(deep) (x) { let y = if deep { x -> Conv(3) } else { x -> Conv(3) }\n y -> Conv(3) }\n';
    const both = kernels(unit + modelOf('image -> Unit(true) -> Unit(false)'));
    expect(both).toEqual([
      'Unit/Conv/kernel',
      'Unit/Conv.3/kernel',
      'Unit.2/Conv.2/kernel',
      'Unit.2/Conv.3/kernel',
    ]);
  });

  test('a place comes before those in its arguments, as in the text', () => {
    const graph = graphOf(modelOf('image -> Conv((image -> Conv(7)).channels)'));
    expect(pathsOf(graph)).toEqual(['Conv/kernel', 'Conv/bias']);
  });

  test('two instances of one name are one error, and share nothing', () => {
    expect(diagnosticsOf(modelOf('image -> Conv(3) as a -> Conv(4) as a'))).toEqual([
      'NET0109: a names two instances of this body',
    ]);
  });

  test('branches of one `if` may have the same name by `as`, others not', () => {
    const fine = 'if true { image -> Conv(3) as last } else { image -> Conv(2) as last }';
    expect(diagnosticsOf(modelOf(fine))).toEqual([]);
    expect(diagnosticsOf(modelOf('image -> Conv(3) as a -> Conv(3) as a'))).toEqual([
      'NET0109: a names two instances of this body',
    ]);
  });
});

describe('paths-2: loops in paths', () => {
  test('a step is a segment, and its sites are numbered afresh', () => {
    const loop = 'repeat 2 with state = image { state -> Conv(3) -> Conv(3) }';
    expect(kernels(modelOf(loop))).toEqual([
      'state[0]/Conv/kernel',
      'state[0]/Conv.2/kernel',
      'state[1]/Conv/kernel',
      'state[1]/Conv.2/kernel',
    ]);
  });

  test('the variable of a `for` names the steps; a second loop of the name has a number', () => {
    const body = `let a = for i in range(1) with s = image { s -> Conv(3) }
  let b = for i in [5, 6] { a -> Conv(i) }`;
    expect(kernels(modelOf('b.first + (b.last -> Conv(5))', body))).toEqual([
      'i[0]/Conv/kernel',
      'i.2[0]/Conv/kernel',
      'i.2[1]/Conv/kernel',
      'Conv/kernel',
    ]);
  });
});

describe('sharing-1: sharing', () => {
  test('an instance is one place for weights, however often it is applied', () => {
    const text = modelOf('image -> f -> f', 'shared f = Conv(3)');
    expect(pathsOf(graphOf(text))).toEqual(['f/kernel', 'f/bias']);
    expect(graphOf(text).nodes.filter(({ op }) => op.name === 'conv')).toHaveLength(2);
  });

  test('sharing-3: as configuration it keeps its place', () => {
    const twice = 'block Twice(layer) (x) { x -> layer -> layer }\n';
    const text = modelOf('image -> Twice(f) -> Twice(f)', 'shared f = Conv(3, bias: false)');
    expect(pathsOf(graphOf(twice + text))).toEqual(['f/kernel']);
  });

  test('sharing-4: one in a loop is one per step; one never applied has no weights', () => {
    const loop = 'repeat 2 with s = image { shared f = Conv(3, bias: false)\n s -> f -> f }';
    expect(pathsOf(graphOf(modelOf(loop, 'shared never = Conv(3)')))).toEqual([
      's[0]/f/kernel',
      's[1]/f/kernel',
    ]);
  });

  test('sharing-2: a later use that needs another shape names both places', () => {
    expect(diagnosticsOf(modelOf('image -> f -> f', 'shared f = Conv(8)'))).toEqual([
      'NET0306: f/kernel is shared and has the shape [3, 3, 3, 8]; this use needs [3, 3, 8, 8]',
    ]);
  });

  test('sharing-3: it takes neither arguments nor a name', () => {
    expect(diagnosticsOf(modelOf('image -> f as g', 'shared f = Conv(3)'))[0]).toContain('NET0305');
  });
});

describe('paths-3: weights', () => {
  test('leaf names are those of the operation, and moments are apart', () => {
    const { variables } = graphOf(modelOf('image -> Conv(4) -> BatchNorm'));
    expect(variables.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'weight Conv/kernel',
      'weight Conv/bias',
      'weight BatchNorm/scale',
      'weight BatchNorm/shift',
      'moment BatchNorm/mean',
      'moment BatchNorm/variance',
    ]);
  });

  test('the initial deviation of a kernel is that of He et al.: sqrt(2 / fan in)', () => {
    const { variables } = graphOf(modelOf('image -> Conv(9, kernel: [3, 5], groups: 3)', '', 6));
    expect(variables[0]!.initial).toEqual({ kind: 'normal', scale: Math.sqrt(2 / (3 * 5 * 2)) });
  });
});

describe('control-2: folds', () => {
  test('no steps give the start itself', () => {
    expect(graphOf(modelOf('repeat 0 with s = image -> relu { s -> Conv(3) }')).nodes).toHaveLength(
      1,
    );
  });

  test('a fold over a list with two states', () => {
    const body = `let (sum, last) = for x in [image, image] with (s, t) = (image, image) { (s + x, t * x) }`;
    expect(graphOf(modelOf('sum + last', body)).nodes.map(({ op }) => op.name)).toEqual([
      'add',
      'mul',
      'add',
      'mul',
      'add',
    ]);
  });

  test('the number of values stays, and the number of steps is whole and 0 or more', () => {
    expect(diagnosticsOf(modelOf('repeat 1 with s = image { (s, s) }'))[0]).toContain('NET0211');
    expect(diagnosticsOf(modelOf('repeat -1 with s = image { s }'))[0]).toContain('NET0214');
    expect(diagnosticsOf(modelOf('repeat 0.5 with s = image { s }'))[0]).toContain('NET0207');
  });
});

describe('control-3: maps', () => {
  test('a `for` gives the list of its results', () => {
    const graph = graphOf(modelOf('for c in [1, 2] { image -> Conv(c) }'));
    expect(graph.outputs.map(({ name }) => name)).toEqual(['mask[0]', 'mask[1]']);
  });

  test('each one value', () => {
    expect(diagnosticsOf(modelOf('for c in [1, 2] { (image, image) }'))).toEqual([
      'NET0211: a step gives one value to the list, not 2',
    ]);
  });
});

describe('control-1: choice', () => {
  test('only the branch taken is expanded', () => {
    const text = modelOf('if image.channels == 3 { image -> Conv(1) } else { image -> Conv(0.5) }');
    expect(pathsOf(graphOf(text))[0]).toBe('Conv/kernel');
  });

  test('names are checked in both', () => {
    expect(diagnosticsOf(modelOf('if true { image } else { image -> Nothing }'))).toEqual([
      'NET0101: there is no Nothing here',
    ]);
  });

  test('a condition is a boolean of the configuration', () => {
    expect(diagnosticsOf(modelOf('if image { image } else { image }'))).toEqual([
      'NET0208: true or false is wanted, this is a tensor',
    ]);
  });
});

describe('control-4: recursion', () => {
  const stack = 'block Stack(n) (x) { if n == 0 { x } else { x -> relu -> Stack(n - 1) } }\n';

  test('a block may apply itself 64 levels deep', () => {
    expect(graphOf(stack + modelOf('image -> Stack(63)')).nodes).toHaveLength(63);
  });

  test('one level more is an error that shows the arguments of the last three', () => {
    const text = stack + modelOf('image -> Stack(64)');
    expect(diagnosticsOf(text)).toEqual(['NET0307: Stack applies itself more than 64 times over']);
  });

  test('control-5: 120,000 nodes are the most', () => {
    expect(diagnosticsOf(modelOf('repeat 120001 with s = image { s -> relu }'))).toEqual([
      'NET0308: the network grows past 120,000 nodes',
    ]);
  });

  test('blocks that apply each other in a ring too long for the first limit end as well', () => {
    const ring = Array.from({ length: 40 }, (_, i) => {
      const next = `B${(i + 1) % 40}`;
      return `block B${i}(x) { for y in [x] with s = x { if true { ((s -> ${next})) } else { s } } }`;
    });
    const [error] = diagnosticsOf(`${ring.join('\n')}\n${modelOf('image -> B0')}`);
    expect(error).toMatch(/^NET0307: \d+ applications of blocks stand inside each other/);
  });

  test('control-5: an expansion without nodes ends as well', () => {
    const tree = 'block Tree(x) { let a = x -> Tree\n x -> Tree }\n';
    const twin =
      'block A(n) (x) { if n == 0 { x } else { let a = x -> A(n - 1)\n x -> A(n - 1) } }\n';
    expect(diagnosticsOf(tree + modelOf('image -> Tree'))[0]).toContain('NET0307');
    expect(diagnosticsOf(twin + modelOf('image -> A(60)'))).toEqual([
      'NET0308: the network grows past 2,000,000 steps of evaluation',
    ]);
  });
});
