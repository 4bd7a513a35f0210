import { afterEach, describe, expect, it } from 'vitest';
import { buildProgram } from '../../../../src/compiler/compile.js';
import { assignmentPart } from '../../../../src/compiler/emit/tensorflow/function.js';
import { emitSavedModel } from '../../../../src/compiler/emit/tensorflow/saved-model.js';
import { secondsOutput, timedName } from '../../../../src/compiler/emit/tensorflow/stopwatch.js';
import { interpret } from '../../../../src/compiler/interpret/interpret.js';
import type { Program } from '../../../../src/compiler/ir/graph.js';
import { parse } from '../../../../src/compiler/ir/parse.js';
import type { Tensors } from '../../../../src/runtime/engines/engine.js';
import { initialState } from '../../../../src/runtime/engines/initial-state.js';
import type { Session } from '../../../../src/runtime/engines/session.js';
import { plan } from '../../../../src/runtime/engines/tensorflow/load.js';
import { openSession } from '../../../../src/runtime/engines/tensorflow/session.js';
import { distance, fed, referenceOf } from '../../../runtime/engines/tensors.js';
import { tinyU } from '../../gradient/networks.js';
import { around, between, bits, int, listed } from '../../ops/cases/case.js';
import { openProgram, withTensorFlow } from './engine.js';

/** The program whose only function is `step`. */
function programOf(text: string): Program {
  const graph = parse(text);
  return { name: graph.name, variables: graph.variables, functions: { step: graph } };
}

const opened: Session[] = [];
const open = async (program: Program): Promise<Session> => {
  const session = await openProgram(program);
  opened.push(session);
  return session;
};
afterEach(() => {
  for (const session of opened.splice(0)) session.close();
});

const training = {
  loss: { kind: 'bce' },
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
} as const;

/** Inputs of a training step of the tiny U. */
const batch = {
  image: around([2, 6, 4, 2], 1),
  mask: bits([2, 6, 4, 1], 2),
  learningRate: listed([], [0.01]),
  seed: int(3),
};

withTensorFlow('a network as a SavedModel', () => {
  it('computes the same where it measures itself, and every part has its time', async () => {
    // Of a gradient of 0, rounding leaves something, and Adam would make a whole step of its sign.
    const optimiser = { kind: 'sgd', momentum: 0.9 } as const;
    const program = buildProgram(tinyU(), { ...training, optimiser });
    const file = emitSavedModel(program, { timed: ['train'] });
    const session = await openSession(file, await plan({ gpu: 'never' }));
    opened.push(session);
    const step = (key: string) => {
      session.run('write_state', initialState(program, 7));
      return { ...session.run(key, fed(batch)), ...session.read() };
    };
    const plain = step('train');
    const { [secondsOutput]: seconds, ...timed } = step(timedName('train'));
    for (const [name, tensor] of Object.entries(plain)) {
      const differences = tensor.data.map((value, i) => Math.abs(value - timed[name]!.data[i]!));
      expect(Math.max(...differences), name).toBeLessThan(1e-6);
    }
    expect(seconds!.shape).toEqual([file.timed.train!.length]);
    expect(seconds!.data.every((took) => took >= 0)).toBe(true);
    // Each part is another node, and all that compute something are parts.
    const parts = file.timed.train!.filter((of) => of !== assignmentPart);
    expect(new Set(parts).size).toBe(parts.length);
    const { nodes } = program.functions.train!;
    const without = nodes.filter((_, i) => !parts.includes(i)).map(({ op }) => op.name);
    expect(new Set(without)).toEqual(new Set(['constant']));
  });

  it('runs on images of any size that it is defined for', async () => {
    const program = buildProgram(tinyU());
    const session = await open(program);
    const state = initialState(program, 7);
    session.run('write_state', state);
    const sizes = [
      [4, 6],
      [10, 2],
    ];
    for (const [height, width] of sizes) {
      const inputs = { image: around([3, height!, width!, 2], height!) };
      const { outputs } = interpret(program.functions.predict!, {
        inputs,
        variables: referenceOf(state),
      });
      const { mask } = session.run('predict', fed(inputs));
      expect(mask!.shape).toEqual([3, height, width, 1]);
      expect(distance(mask!, outputs.mask!)).toBeLessThan(1e-5);
    }
  });

  it('trains a step: loss, moments, slots and counter are those of the reference', async () => {
    const program = buildProgram(tinyU(), training);
    const session = await open(program);
    const state = initialState(program, 7);
    session.run('write_state', state);
    const variables = referenceOf(state);
    const { outputs, updates } = interpret(program.functions.train!, { inputs: batch, variables });
    expect(distance(session.run('train', fed(batch)).loss!, outputs.loss!)).toBeLessThan(1e-5);
    const after = session.run('read_state', {});
    expect(Object.keys(after).sort()).toEqual(program.variables.map(({ path }) => path).sort());
    expect(after['optimizer/step']!.data).toEqual(Int32Array.of(1));
    for (const path of ['BatchNorm/mean', 'BatchNorm/variance', 'optimizer/head/kernel/m']) {
      expect(distance(after[path]!, updates[path]!), path).toBeLessThan(1e-5);
    }
  });

  it('keeps the number of tensors over 1,000 steps', async () => {
    const program = buildProgram(tinyU(), training);
    const session = await open(program);
    session.run('write_state', initialState(program, 7));
    const inputs = fed(batch);
    const first = session.run('train', inputs).loss!.data[0]!;
    const tensors = session.tensorCount();
    for (let step = 1; step < 999; step++) session.run('train', inputs);
    expect(session.run('train', inputs).loss!.data[0]).toBeLessThan(first / 2);
    expect(session.tensorCount()).toBe(tensors);
  });

  it('has variables of its own, whatever else is open', async () => {
    const program = buildProgram(tinyU());
    const [one, other] = [await open(program), await open(program)];
    one.run('write_state', initialState(program, 1));
    other.run('write_state', initialState(program, 2));
    expect(one.run('read_state', {})).toEqual(initialState(program, 1));
  });
});

withTensorFlow('sizes', () => {
  it('are found from any input that has them, by exact division', async () => {
    const session = await open(
      programOf(`graph sizes
symbols H
input coarse %0: float[H/2 + 1]
%1: float[3H/2 - 1] = fill() {value = 1, shape = [3H/2 - 1]}
output y %1
`),
    );
    // With 4 = H/2 + 1, H is 6.
    expect(session.run('step', fed({ coarse: around([4], 1) })).y!.shape).toEqual([8]);
  });
});

withTensorFlow('names', () => {
  it('that TensorFlow does not take stand in the signatures all the same', async () => {
    const session = await open(
      programOf(`graph names
input images[0] %0: float[]
weight gates[1] %1: float[] = constant(0)
weight gates.1. %2: float[] = constant(0)
%3: float[] = sub(%1, %2)
%4: float[] = add(%3, %0)
output masks[0] %4
`),
    );
    const state = { 'gates[1]': listed([], [5]), 'gates.1.': listed([], [3]) };
    session.run('write_state', fed(state));
    const outputs = session.run('step', fed({ 'images[0]': listed([], [10]) }));
    expect(outputs).toEqual(fed({ 'masks[0]': listed([], [12]) }));
    expect(session.run('read_state', {})).toEqual(fed(state));
  });
});

withTensorFlow('updates', () => {
  /** `step` once, from `state` on: its outputs and the new state. */
  async function step(text: string, state: Tensors, inputs: Tensors) {
    const session = await open(programOf(text));
    session.run('write_state', state);
    const outputs = session.run('step', inputs);
    return { session, outputs, state: session.run('read_state', {}) };
  }
  const many = [1000];

  it('come after every read: two variables change places', async () => {
    const [a, b] = [around(many, 1), around(many, 2)];
    const { session, state } = await step(
      `graph swap
weight a %0: float[1000] = constant(0)
weight b %1: float[1000] = constant(0)
update a %1
update b %0
`,
      fed({ a, b }),
      {},
    );
    expect(state).toEqual(fed({ a: b, b: a }));
    // The parity of 100 swaps.
    for (let i = 1; i < 100; i++) session.run('step', {});
    expect(session.run('read_state', {})).toEqual(fed({ a, b }));
  });

  it('in place leave what was read: an output has the weight before the step', async () => {
    const text = `graph before
input g %0: float[1000]
input lr %1: float[]
weight w %2: float[1000] = constant(0)
%3: float[1000] = sgd(%2, %0, %1)
output w %2
update w %3
`;
    const inputs = fed({ g: listed(many, Array(1000).fill(1)), lr: listed([], [1]) });
    const zeros = listed(many, Array(1000).fill(0));
    const { session, outputs } = await step(text, fed({ w: zeros }), inputs);
    expect(outputs).toEqual(fed({ w: zeros }));
    for (let i = 1; i < 100; i++) {
      expect(session.run('step', inputs).w!.data[i]).toBe(-i);
    }
  });

  it('whose new value is an output too give it out', async () => {
    const { outputs, state } = await step(
      `graph also
input g %0: float[]
input lr %1: float[]
weight w %2: float[] = constant(0)
%3: float[] = sgd(%2, %0, %1)
output w %3
update w %3
`,
      fed({ w: listed([], [5]) }),
      fed({ g: listed([], [2]), lr: listed([], [0.5]) }),
    );
    expect([outputs.w!.data[0], state.w!.data[0]]).toEqual([4, 4]);
  });

  const kernel = [3, 3, 4, 5];
  const lr = listed([], [0.01]);
  const old = { w: around(kernel, 1), g: around(kernel, 4) };

  describe.each([0, 1, 9, 999])('by Adam after %i steps', (count) => {
    const beta2 = Math.fround(0.999);
    const text = `graph adam
input g %0: float[3, 3, 4, 5]
input lr %1: float[]
weight w %2: float[3, 3, 4, 5] = constant(0)
slot m %3: float[3, 3, 4, 5] = constant(0)
slot v %4: float[3, 3, 4, 5] = constant(0)
counter step %5: int[] = constant(0)
%6: float[3, 3, 4, 5], %7: float[3, 3, 4, 5], %8: float[3, 3, 4, 5] = adam(%2, %3, %4, %0, %1, %5) {beta1 = 0.9, beta2 = BETA2, epsilon = 0.001}
update w %6
update m %7
update v %8
`;
    const start = count === 0 ? 0 : 1;
    const before = {
      w: old.w,
      m: between(kernel, -start, start, 2),
      v: between(kernel, 0, start, 3),
      step: int(count),
    };
    const inputs = { g: old.g, lr };

    async function distances(beta: number) {
      const graph = text.replace('BETA2', String(beta));
      const { updates } = interpret(parse(graph), { inputs, variables: before });
      const { state } = await step(graph, fed(before), fed(inputs));
      return Object.fromEntries(
        Object.entries(updates).map(([path, tensor]) => [path, distance(state[path]!, tensor)]),
      );
    }

    it('are exact in weight and first moment', async () => {
      const { w, m } = await distances(0.999);
      expect([w, m].every((error) => error! <= 1e-6)).toBe(true);
    });

    it('are exact in the second moment for a beta2 that is a float32', async () => {
      expect((await distances(beta2)).v).toBeLessThanOrEqual(1e-6);
    });
  });

  it('by momentum are exact in weight and velocity', async () => {
    const text = `graph momentum
input g %0: float[3, 3, 4, 5]
input lr %1: float[]
weight w %2: float[3, 3, 4, 5] = constant(0)
slot velocity %3: float[3, 3, 4, 5] = constant(0)
%4: float[3, 3, 4, 5], %5: float[3, 3, 4, 5] = momentum(%2, %3, %0, %1) {momentum = 0.9}
update w %4
update velocity %5
`;
    const before = { w: old.w, velocity: around(kernel, 2) };
    const inputs = { g: old.g, lr };
    const { updates } = interpret(parse(text), { inputs, variables: before });
    const { state } = await step(text, fed(before), fed(inputs));
    expect(distance(state.w!, updates.w!)).toBeLessThanOrEqual(1e-6);
    expect(distance(state.velocity!, updates.velocity!)).toBeLessThanOrEqual(1e-6);
  });
});
