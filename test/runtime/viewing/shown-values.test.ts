import { describe, expect, it } from 'vitest';
import { namedValues } from '../../../src/compiler/expand/named-values.js';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import { parse } from '../../../src/compiler/ir/parse.js';
import { cutAt } from '../../../src/compiler/ir/reach.js';
import type { HostTensor, Tensors } from '../../../src/runtime/engines/engine.js';
import { openSession } from '../../../src/runtime/engines/portable/session.js';
import { compileFile } from '../../../src/runtime/networks/compile-file.js';
import { geometryOf } from '../../../src/runtime/networks/geometry.js';
import { shownValues } from '../../../src/runtime/viewing/shown-values.js';
import { modelOf } from '../../compiler/expand/texts.js';
import { gray, mapOf, noise, pictureOf, place, shownOf } from './shown.js';

describe('what of a network can be shown', () => {
  it('is what lines of let, states of loops, instances and outputs are called, with their paths', () => {
    const { shown } = shownOf(`block Gate (x) {
  let alpha = x -> Conv(1, kernel: 1) -> sigmoid
  x * alpha
}
model Net {
  input image: [N, H, W, 3]
  let maps = for channels in [4, 8] { image -> Conv(channels) -> relu }
  let deep = maps[1] -> maxPool(2) as half -> Gate as gate -> upsample(2)
  let steps = repeat 2 with state = maps[0] {
    let grown = state -> Conv(4) as grow -> relu
    state + grown
  }
  let squeezed = maps[0] -> globalAverage
  let unused = image -> Conv(3) as alone
  output mask = (steps * squeezed, deep) -> concat -> Conv(1, kernel: 1) as last -> sigmoid
}`);
    const names = shown.values.map(({ name, shape }) => `${name} ${shape}`);
    expect([...names].sort()).toEqual([
      'deep [N, H, W, 8]',
      'gate [N, H/2, W/2, 8]',
      'gate/alpha [N, H/2, W/2, 1]',
      'half [N, H/2, W/2, 8]',
      'last [N, H, W, 1]',
      'maps[0] [N, H, W, 4]',
      'maps[1] [N, H, W, 8]',
      'output mask [N, H, W, 1]',
      'state[0]/grow [N, H, W, 4]',
      'state[0]/grown [N, H, W, 4]',
      'state[0]/state [N, H, W, 4]',
      'state[1]/grow [N, H, W, 4]',
      'state[1]/grown [N, H, W, 4]',
      'state[1]/state [N, H, W, 4]',
      'steps [N, H, W, 4]',
    ]);
    // `squeezed`, which has no height and width.
    expect(shown.others).toBe(1);
    const coefficients = shown.values.filter(({ isCoefficient }) => isCoefficient);
    expect(coefficients.map(({ name }) => name)).toEqual(['gate/alpha']);
  });

  it.each([
    ['models/attention-unet.net', 'UShape/Skip/alpha'],
    ['models/attention-unet-coarse.net', 'GatedUShape/below/Gate/alpha'],
    ['models/r2au.net', 'UShape/below/below/below/Skip/alpha'],
  ])('of %s has its attention coefficients among the four of a kind', (path, name) => {
    const { shown } = shownValues(compileFile(path, undefined, { base: '4' }), 0);
    const found = shown.values.filter(({ isCoefficient }) => isCoefficient);
    expect(found.map((value) => value.name)).toContain(name);
    expect(found).toHaveLength(4);
  });

  it('has as coefficients what is of one channel and of 0 to 1 whatever comes in', () => {
    const { shown } = shownOf(
      modelOf(
        'all -> Conv(1) -> sigmoid',
        `let plain = image -> Conv(1, kernel: 1)
  let positive = plain -> relu
  let gate = plain -> sigmoid
  let larger = gate * 2
  let resized = gate -> maxPool(2) -> upsample(2, mode: "bilinear")
  let both = gate * resized
  let several = image -> Conv(2) -> sigmoid
  let all = (positive, larger, both, several) -> concat`,
      ),
    );
    const found = shown.values.filter(({ isCoefficient }) => isCoefficient);
    expect(found.map(({ name }) => name)).toEqual(['gate', 'resized', 'both']);
  });

  it('tells the uses of a shared block and the steps of a loop apart', async () => {
    const text = gray(
      'last + again',
      `shared twice = Twice
  let first = image -> twice
  let again = first -> twice
  let last = repeat 3 with state = image { let grown = state + image
    grown }`,
    ).replace(/^/, 'block Twice (x) { let sum = x + x\n sum }\n');
    const image = pictureOf(8, 8);
    const over = async (name: string) =>
      [...(await mapOf(text, name, image, { channel: 0 })).data].map((v, i) => v / image.data[i]!);
    for (const [name, factor] of [
      ['twice/sum', 2],
      ['twice/sum (use 2)', 4],
      ['twice (use 2)', 4],
      ['state[0]/state', Number.NaN],
      ['state[0]/grown', 2],
      ['state[1]/state', 2],
      ['state[2]/grown', 4],
      ['last', 4],
    ] as const) {
      // The first state is the image itself, which is no value of the network.
      if (Number.isNaN(factor)) expect(place(shownOf(text), name)).toBe(-1);
      else for (const found of await over(name)) expect(found).toBeCloseTo(factor, 5);
    }
  });
});

describe('the function that computes a value', () => {
  it.each(['models/attention-unet-coarse.net', 'models/r2au.net', 'models/bcdunet.net'])(
    'gives on the portable engine what the reference gives of %s as it is written',
    async (path) => {
      const compiled = compileFile(path, undefined, { base: '4' });
      const { shown, variables } = shownValues(compiled, 0);
      const all = parse(shown.graph);
      const { channels } = geometryOf(compiled.graph);
      const inputs = tensors([{ path: 'image', shape: [1, 32, 32, channels] }]);
      const feed = tensors(
        variables.map(({ path: p, value }) => ({
          path: p,
          shape: value.type.shape.map(({ q }) => q.n),
        })),
      );
      // All of them at once, without a pass.
      const { graph } = compiled;
      const named = all.outputs.map(({ name }) => name);
      expect(named).toHaveLength(shown.values.length);
      const chosen = named.filter((_, i) => shown.values[i]!.isCoefficient || i % 13 === 5);
      const asked = namedValues(compiled.expanded, graph);
      const plain = interpret(
        { ...graph, outputs: asked.map(({ name, value }) => ({ name, value })), updates: [] },
        { inputs: doubled(inputs), variables: doubled(feed) },
      ).outputs;
      for (const name of chosen) {
        const cut = cutAt(all, name);
        const program = { name: 'm', variables: cut.variables, functions: { predict: cut } };
        const session = await openSession(program);
        session.write(Object.fromEntries(cut.variables.map(({ path: p }) => [p, feed[p]!])));
        const found = session.run('predict', inputs)[name]!;
        session.close();
        const wanted = plain[shown.values[Number(name)]!.name];
        // An output is under its own name.
        if (!wanted) continue;
        expect(found.shape).toEqual(wanted.shape);
        const scale = Math.max(1, ...wanted.data.map(Math.abs));
        found.data.forEach((value, i) => {
          expect(Math.abs(value - wanted.data[i]!) / scale).toBeLessThan(1e-5);
        });
      }
    },
  );
});

function tensors(of: readonly { readonly path: string; readonly shape: readonly number[] }[]) {
  return Object.fromEntries(
    of.map(({ path, shape }, n): [string, HostTensor] => {
      const data = noise(
        shape.reduce((a, b) => a * b, 1),
        n * 7.3,
      );
      const isVariance = path.endsWith('variance');
      return [path, { shape, data: data.map((v) => (isVariance ? 1 + Math.abs(v) : v / 8)) }];
    }),
  );
}

const doubled = (of: Tensors) =>
  Object.fromEntries(
    Object.entries(of).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float64Array.from(data) },
    ]),
  );
