import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/compiler/compile.js';
import type { TrainingOptions } from '../../../src/compiler/gradient/training-step.js';
import { interpret, type Tensors } from '../../../src/compiler/interpret/interpret.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { verify } from '../../../src/compiler/ir/verify.js';
import { averagedState } from '../../../src/runtime/weights/averages.js';
import { around, bits } from '../ops/cases/case.js';
import { initialVariables, scalar } from './feeds.js';
import { normTwice, pixelClassifier, tinyU } from './networks.js';

const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const rate = 0.1;
const scalars = { learningRate: scalar(rate), seed: scalar(0) };
const image = around([1, 3, 5, 1], 6);
const mask = bits([1, 3, 5, 1], 7);
const inputs = { image, mask, ...scalars };

/** What `fn` leaves of `variables`, and what it gives. */
function call(fn: Graph, feeds: Tensors, variables: Tensors) {
  expect(verify(fn)).toEqual([]);
  const wanted = Object.fromEntries(fn.inputs.map(({ name }) => [name, feeds[name]!]));
  const { outputs, updates } = interpret(fn, { inputs: wanted, variables });
  return { outputs, variables: { ...variables, ...updates } };
}

/** Kernel and bias of logistic regression after each of `steps`, with their gradients there. */
function trained(options: Omit<TrainingOptions, 'loss' | 'inspect'>, steps: number) {
  const program = buildProgram(pixelClassifier(), {
    ...options,
    loss: { kind: 'bce' },
    inspect: true,
  });
  let variables = initialVariables(program);
  const start = both(variables);
  const rows = Array.from({ length: steps }, () => {
    const done = call(program.functions.train!, inputs, variables);
    variables = done.variables;
    return { w: both(variables), state: variables };
  });
  return { start, rows };
}

const both = (tensors: Tensors): number[] => [
  tensors['Conv/kernel']!.data[0]!,
  tensors['Conv/bias']!.data[0]!,
];

/** Gradients of the mean binary cross-entropy at kernel and bias. */
function gradientsAt([kernel, bias]: readonly number[]): number[] {
  const errors = [...image.data].map(
    (x, i) => 1 / (1 + Math.exp(-(kernel! * x + bias!))) - mask.data[i]!,
  );
  const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;
  return [mean(errors.map((error, i) => error * image.data[i]!)), mean(errors)];
}

/** Three steps of `move` in plain arithmetic. */
function descended(
  start: readonly number[],
  move: (w: number, g: number, i: number, t: number) => number,
): number[][] {
  let w = [...start];
  return [1, 2, 3].map((t) => {
    const g = gradientsAt(w);
    w = w.map((wi, i) => move(wi, g[i]!, i, t));
    return w;
  });
}

function adamMove() {
  const [m, v] = [
    [0, 0],
    [0, 0],
  ];
  return (w: number, g: number, i: number, t: number): number => {
    m[i] = 0.9 * m[i]! + 0.1 * g;
    v[i] = 0.999 * v[i]! + 0.001 * g * g;
    return w - (rate * m[i]) / (1 - 0.9 ** t) / (Math.sqrt(v[i] / (1 - 0.999 ** t)) + 1e-8);
  };
}

/** Decay is of the kernel, the first of the two. */
const decayOf = (i: number, decay: number): number => (i === 0 ? decay : 0);

const formulas = {
  'Adam with weight decay': [
    { ...adam, weightDecay: 0.3 },
    () => {
      const move = adamMove();
      return (w: number, g: number, i: number, t: number) => move(w, g + decayOf(i, 0.3) * w, i, t);
    },
  ],
  AdamW: [
    { ...adam, kind: 'adamw', weightDecay: 0.3 },
    () => {
      const move = adamMove();
      return (w: number, g: number, i: number, t: number) =>
        move(w * (1 - rate * decayOf(i, 0.3)), g, i, t);
    },
  ],
  'SGD with momentum and weight decay': [
    { kind: 'sgd', momentum: 0.9, weightDecay: 0.3 },
    () => {
      const velocity = [0, 0];
      return (w: number, g: number, i: number) => {
        velocity[i] = 0.9 * velocity[i]! + g + decayOf(i, 0.3) * w;
        return w - rate * velocity[i];
      };
    },
  ],
  "SGD with Nesterov's momentum": [
    { kind: 'sgd', momentum: 0.9, nesterov: true },
    () => {
      const velocity = [0, 0];
      return (w: number, g: number, i: number) => {
        velocity[i] = 0.9 * velocity[i]! + g;
        return w - rate * (g + 0.9 * velocity[i]);
      };
    },
  ],
} as const;

describe('three steps', () => {
  it.each(Object.entries(formulas))(
    'of %s are those of the formulas',
    (_, [optimiser, formula]) => {
      const { start, rows } = trained({ optimiser }, 3);
      descended(start, formula()).forEach((expected, i) => {
        expect(rows[i]!.w[0]).toBeCloseTo(expected[0]!, 12);
        expect(rows[i]!.w[1]).toBeCloseTo(expected[1]!, 12);
      });
    },
  );

  it.each([
    ['shortened to it where they are longer', 0.01],
    ['left alone where they are shorter', 10],
  ])('with a limit on the norm of the gradients: %s', (__, clip) => {
    const { start, rows } = trained({ optimiser: { kind: 'sgd', momentum: 0 }, clip }, 3);
    let w = start;
    for (const row of rows) {
      const g = gradientsAt(w);
      const norm = Math.hypot(...g);
      w = w.map((wi, i) => wi - rate * g[i]! * Math.min(1, clip / norm));
      expect(row.w[0]).toBeCloseTo(w[0]!, 12);
      expect(row.w[1]).toBeCloseTo(w[1]!, 12);
    }
  });
});

describe('a moving average of the weights', () => {
  it('begins as the first, then keeps a share that rises to the decay', () => {
    const { rows } = trained({ optimiser: adam, ema: 0.25 }, 6);
    let average = [0, 0];
    rows.forEach(({ w, state }, t) => {
      const decay = Math.min(0.25, t / (9 + t));
      average = average.map((old, i) => decay * old + (1 - decay) * w[i]!);
      expect(state['ema/Conv/kernel']!.data[0]).toBeCloseTo(average[0]!, 12);
      expect(both(averagedState(state))[0]).toBeCloseTo(average[0]!, 12);
      expect(both(averagedState(state))[1]).toBeCloseTo(average[1]!, 12);
    });
  });

  it('stands for no weight before the first step, nor where none is kept', () => {
    const options = { loss: { kind: 'bce' }, optimiser: adam, ema: 0.9 } as const;
    const untrained = initialVariables(buildProgram(pixelClassifier(), options));
    expect(averagedState(untrained)).toBe(untrained);
    const { state } = trained({ optimiser: adam }, 1).rows[0]!;
    expect(averagedState(state)).toBe(state);
  });
});

describe('several batches a step', () => {
  const parts = [1, 2, 3].map((seed) => ({
    image: around([1, 4, 6, 2], seed),
    mask: bits([1, 4, 6, 1], seed + 10),
  }));

  it('move the weights as the mean of their gradients does, once', () => {
    const options = { loss: { kind: 'bce' }, optimiser: adam, clip: 0.1, inspect: true } as const;
    const single = buildProgram(tinyU(), options).functions.train!;
    const program = buildProgram(tinyU(), { ...options, accumulate: 3 });
    const start = initialVariables(program);
    const plain = parts.map((part) => {
      const { clip: _, ...unclipped } = options;
      const { train } = buildProgram(tinyU(), unclipped).functions;
      return call(train!, { ...part, ...scalars }, start).outputs;
    });
    let variables = start;
    for (const part of parts.slice(0, 2)) {
      variables = call(program.functions.accumulate!, { ...part, ...scalars }, variables).variables;
      expect(variables['head/kernel']).toEqual(start['head/kernel']);
      expect(variables['optimizer/step']!.data[0]).toBe(0);
    }
    const done = call(program.functions.train!, { ...parts[2], ...scalars }, variables);
    const names = Object.keys(done.outputs).filter((name) => name.startsWith('grad/'));
    expect(names.length).toBe(
      Object.keys(plain[0]!).filter((name) => name.startsWith('grad/')).length,
    );
    const means = new Map(
      names.map((name) => [
        name,
        [...plain[0]![name]!.data].map(
          (_, i) => plain.reduce((sum, outputs) => sum + outputs[name]!.data[i]!, 0) / 3,
        ),
      ]),
    );
    const norm = Math.hypot(...[...means.values()].flat());
    expect(norm).toBeGreaterThan(0.1);
    for (const [name, mean] of means) {
      mean.forEach((g, i) => {
        expect(done.outputs[name]!.data[i]).toBeCloseTo((g * 0.1) / norm, 12);
      });
    }
    expect(done.variables['optimizer/step']!.data[0]).toBe(1);
    expect(done.variables['optimizer/head/kernel/sum']!.data.every((x) => x === 0)).toBe(true);
    expect(single.variables.map(({ path }) => path)).not.toContain('optimizer/head/kernel/sum');
  });

  it("fold each batch's moments", () => {
    const options = { loss: { kind: 'bce' }, optimiser: adam } as const;
    const program = buildProgram(normTwice(), { ...options, accumulate: 2 });
    const whole = buildProgram(normTwice(), options);
    const start = initialVariables(program);
    const batch = { image, mask, ...scalars };
    const { accumulate } = program.functions;
    const path = 'norm/mean';
    const once = call(accumulate!, batch, start).variables[path]!;
    expect(once.data[0]).toBeCloseTo(
      call(whole.functions.train!, batch, start).variables[path]!.data[0]!,
      12,
    );
    expect(once.data[0]).not.toBe(start[path]!.data[0]);
  });
});
