import { afterEach, expect, it } from 'vitest';
import { buildProgram } from '../../../../src/compiler/compile.js';
import { scalePath, scaling, steadyPath } from '../../../../src/compiler/gradient/loss-scale.js';
import type { Program } from '../../../../src/compiler/ir/graph.js';
import type { Tensors } from '../../../../src/runtime/engines/engine.js';
import { initialState } from '../../../../src/runtime/engines/initial-state.js';
import type { Session } from '../../../../src/runtime/engines/session.js';
import { fed } from '../../../runtime/engines/tensors.js';
import { graphOf } from '../../expand/texts.js';
import { around, bits, int, listed } from '../../ops/cases/case.js';
import { openProgram, withTensorFlow } from './engine.js';

const model = graphOf(`model Net {
  input image: [N, H, W, 3]
  let fine = image -> Conv(8) -> BatchNorm -> relu
  let coarse = fine -> Conv(8, stride: 2) -> BatchNorm -> relu -> ConvTranspose(8, kernel: 2, stride: 2)
  output mask = (fine, coarse) -> concat -> Conv(8, dilation: 2) -> relu -> Conv(1, kernel: 1) -> sigmoid
}`);
const options = {
  loss: { kind: 'bce+dice' },
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  clip: 1,
} as const;
const mixed = buildProgram(model, { ...options, mixed: true });

const opened: Session[] = [];
const open = async (program: Program): Promise<Session> => {
  const session = await openProgram(program);
  opened.push(session);
  return session;
};
afterEach(() => {
  for (const session of opened.splice(0)) session.close();
});

const lossesOf = (session: Session, steps: readonly number[]): number[] =>
  steps.map((step) => {
    const batch = { image: around([2, 16, 12, 3], step), mask: bits([2, 16, 12, 1], 50 + step) };
    const inputs = fed({ ...batch, learningRate: listed([], [0.01]), seed: int(3) });
    return session.run('train', inputs).loss!.data[0]!;
  });

withTensorFlow('a program in mixed precision', () => {
  it('trains as in float32 but for what bfloat16 rounds', async () => {
    const [single, half] = [await open(buildProgram(model, options)), await open(mixed)];
    single.write(initialState(buildProgram(model, options), 7));
    half.write(initialState(mixed, 7));
    const steps = [1, 2, 3, 4, 5, 6];
    const [expected, losses] = [lossesOf(single, steps), lossesOf(half, steps)];
    // Eight binary digits: 2^-9 of a number is rounded at most, and sums of many err less.
    losses.forEach((loss, i) => {
      expect(Math.abs(loss / expected[i]! - 1), `step ${i + 1}`).toBeLessThan(2 ** -7);
    });
    expect(losses).not.toEqual(expected);
  });

  it('predicts in float32', async () => {
    const [single, half] = [await open(buildProgram(model)), await open(mixed)];
    const state = initialState(mixed, 7);
    half.write(state);
    single.write(initialState(buildProgram(model), 7));
    const image = fed({ image: around([1, 8, 8, 3], 1) });
    expect(half.run('predict', image)).toEqual(single.run('predict', image));
  });

  it('goes on to the bit from what its variables hold', async () => {
    const [one, other] = [await open(mixed), await open(mixed)];
    one.write(initialState(mixed, 7));
    lossesOf(one, [1, 2]);
    other.write(one.read());
    expect(lossesOf(other, [3, 4])).toEqual(lossesOf(one, [3, 4]));
    expect(other.read()).toEqual(one.read());
  });

  it.each([
    options.optimiser,
    { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 },
    { kind: 'sgd', momentum: 0 },
    { kind: 'sgd', momentum: 0.9 },
    { kind: 'sgd', momentum: 0.9, nesterov: true },
  ] as const)(
    'skips a step whose gradients overflow, and goes on by half the scale: %o',
    async (optimiser) => {
      const program = buildProgram(model, { ...options, optimiser, mixed: true });
      const session = await open(program);
      session.write(initialState(program, 7));
      lossesOf(session, [1, 2]);
      const reached = session.read();
      const scaledBy = (scale: number): Tensors => ({
        ...reached,
        [scalePath]: { shape: [], data: Float32Array.of(scale) },
      });
      const state = scaledBy(2 ** 127);
      session.write(state);
      expect(lossesOf(session, [1])[0]).toBeGreaterThan(0);
      const skipped = session.read();
      expect(skipped[scalePath]!.data[0]).toBe(2 ** 126);
      for (const { path, kind } of program.variables) {
        if (kind !== 'moment' && path !== scalePath && path !== steadyPath)
          expect(skipped[path], path).toEqual(state[path]);
      }
      expect(skipped[steadyPath]!.data[0]).toBe(0);
      session.write(scaledBy(scaling.first));
      lossesOf(session, [1]);
      expect(session.read()['Conv/kernel']).not.toEqual(state['Conv/kernel']);
    },
  );
});
