import { expect, test } from 'vitest';
import { buildProgram } from '../../../src/compiler/compile.js';
import { bareStep } from '../../../src/compiler/cost/bare-step.js';
import { heldOf, type Measured, measured, timeOf } from '../../../src/compiler/cost/measured.js';
import { bytesAt, stepPeaks } from '../../../src/compiler/cost/memory.js';
import { parse } from '../../../src/compiler/ir/parse.js';
import { peakOf } from '../../../src/compiler/ir/peak.js';
import { graphOf } from '../expand/texts.js';

const text = `block Unit(channels) (x) {
  x -> Conv(channels) -> BatchNorm
  -> relu
}
model Net {
  input image: [N, H, W, 2]
  output mask = image -> Unit(4)
    -> Unit(8) -> Conv(1) as last -> sigmoid
}`;
const model = graphOf(text);
const train = buildProgram(model, {
  loss: { kind: 'dice' },
  clip: 1,
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
}).functions.train!;
const peak = peakOf(train, bytesAt(model, { height: 8, width: 8 }, 2));
/** Every node takes as many milliseconds as `of` says by its place. */
const byNode = (of: (i: number) => number): Measured =>
  measured(train, { nodes: train.nodes.map((_, i) => of(i)), assignments: 0.5 }, peak);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

test('lines and what belongs to none are the whole call, in time and in memory', () => {
  const { lines, blocks, loss, optimiser, other, milliseconds } = byNode((i) => i);
  const rest = [loss, optimiser, other];
  const time = sum([
    ...lines.map(({ own }) => timeOf(own)),
    ...rest.map((one) => one.milliseconds),
  ]);
  expect(time).toBeCloseTo(sum(train.nodes.map((_, i) => i)) + 0.5, 6);
  expect(time).toBeCloseTo(milliseconds, 6);
  const held = sum([...lines.map(({ own }) => heldOf(own)), ...rest.map((one) => one.held)]);
  expect(held).toBe(peak.bytes);
  expect(timeOf(blocks[0]!)).toBeCloseTo(sum(lines.map(({ own }) => timeOf(own))), 6);
});

test('a gradient is counted at the line of what it is the gradient of, apart from it', () => {
  const at = train.nodes.findIndex(
    ({ op, origin }) => op.name === 'convKernelGradient' && origin?.path === 'last',
  );
  const { lines, blocks } = byNode((i) => (i === at ? 3 : 0));
  expect(lines[0]).toMatchObject({ line: 8, own: { forward: 0, backward: 3 } });
  expect(blocks.find(({ path }) => path === 'last')).toMatchObject({ forward: 0, backward: 3 });
});

test('what takes longest stands first, blocks within the block around them', () => {
  const second = (i: number): number => (train.nodes[i]!.origin?.path.startsWith('Unit.2') ? 2 : 1);
  const { lines, blocks } = byNode(second);
  const times = lines.map(({ own }) => timeOf(own));
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  const paths = blocks.map(({ path }) => path);
  expect(paths[0]).toBe('');
  expect(paths.indexOf('Unit.2')).toBeLessThan(paths.indexOf('Unit'));
  expect(paths.indexOf('Unit.2/Conv')).toBeLessThan(paths.indexOf('Unit'));
});

test('at the peak, what is still to be read is held, and the new value of a variable is not', () => {
  const graph = parse(`graph train
input x %0: float[4]
weight w %1: float[4] = constant(0)
%2: float[4] = relu(%0)
%3: float[4] = neg(%2)
%4: float[4] = mul(%2, %3)
%5: float[4] = neg(%4)
%6: float[4] = add(%1, %5)
output y %4
update w %6
`);
  const { bytes, held } = peakOf(graph, () => 16);
  expect(bytes).toBe(3 * 16);
  expect([...held].map(([node, one]) => [graph.nodes.indexOf(node), one])).toEqual([
    [0, 16],
    [1, 16],
    [2, 16],
  ]);
});

test('a step of a model alone has a gradient for every weight and moves it', () => {
  const { train: step } = bareStep(model).functions;
  const updated = step!.updates.map(({ path }) => path);
  const trained = model.variables.filter(({ kind }) => kind !== 'slot').map(({ path }) => path);
  expect(new Set(updated)).toEqual(new Set(trained));
});

test('a step of a model alone keeps no more than a training step does by default', () => {
  const size = { height: 32, width: 32 };
  const { train: step } = bareStep(model).functions;
  const { bytes } = peakOf(step!, bytesAt(model, size, 1));
  const { normal, high } = stepPeaks(model, size, 1);
  expect(bytes).toBeLessThanOrEqual(1.1 * normal);
  expect(bytes).toBeLessThan(high);
});
