import { describe, expect, it } from 'vitest';
import type { Batch } from '../../../src/runtime/data/patches.js';
import type { Engine, Tensors } from '../../../src/runtime/engines/engine.js';
import { trainSteps } from '../../../src/runtime/training/loop.js';
import { LossNotFinite } from '../../../src/runtime/training/loss-not-finite.js';

const scalar = (value: number) => ({ shape: [], data: Float32Array.of(value) });

/** An engine whose loss is what it is fed as `x`; it keeps what was called. */
function recorder() {
  const calls: string[] = [];
  const call = async (name: string, { x }: Tensors): Promise<Tensors> => {
    calls.push(`${name} ${x!.data[0]}`);
    return { loss: x! };
  };
  return { calls, engine: { call } as unknown as Engine };
}

const nothing = new Float32Array(0);

/** Every batch is fed as its number. */
const numbered = (parts: number) => ({
  parts,
  batch: async () => ({ image: nothing, target: nothing, weight: nothing }),
  feed: (_: Batch, step: number, part: number) => ({ x: scalar(parts * step + part) }),
  pausesAfter: () => false,
});

describe('a step of several batches', () => {
  it('accumulates all but the last, and its loss is their mean', async () => {
    const { calls, engine } = recorder();
    const losses: (number | null)[] = [];
    const done = await trainSteps(engine, {
      ...numbered(3),
      first: 0,
      steps: 2,
      onStep: async (_, loss) => {
        losses.push(loss);
        return false;
      },
    });
    expect(done).toBe(2);
    expect(calls).toEqual([
      'accumulate 0',
      'accumulate 1',
      'train 2',
      'accumulate 3',
      'accumulate 4',
      'train 5',
    ]);
    expect(losses).toEqual([1, 4].map((mean) => expect.closeTo(mean, 12)));
  });
});

describe('a loss that is not finite', () => {
  const nan = { x: scalar(Number.NaN) };
  const outputs = (skipped: Tensors) => {
    const call = async (_: string, { x }: Tensors) => ({ loss: x!, ...skipped });
    return { call } as unknown as Engine;
  };
  const options = { ...numbered(2), first: 3, steps: 5 };
  const feed = (_: Batch, step: number, part: number) =>
    step === 4 && part === 0 ? nan : { x: scalar(1) };

  it('ends training with what was fed', async () => {
    const losses: (number | null)[] = [];
    const onStep = async (_: number, loss: number | null) => {
      losses.push(loss);
      return false;
    };
    const error = await trainSteps(outputs({}), { ...options, feed, onStep }).catch((e) => e);
    expect(error).toBeInstanceOf(LossNotFinite);
    expect(error.found).toEqual({ loss: Number.NaN, step: 4, inputs: nan });
    expect(losses).toEqual([1]);
  });

  it('goes on where the step says that it was skipped', async () => {
    const losses: (number | null)[] = [];
    const onStep = async (_: number, loss: number | null) => {
      losses.push(loss);
      return false;
    };
    const done = await trainSteps(outputs({ skipped: scalar(1) }), { ...options, feed, onStep });
    expect([done, losses]).toEqual([5, [null, null]]);
  });
});

describe('training', () => {
  it('goes on after the steps that were done, until it is told to end', async () => {
    const { calls, engine } = recorder();
    const onStep = async (step: number) => step === 5;
    const done = await trainSteps(engine, { ...numbered(1), first: 4, steps: 9, onStep });
    expect(done).toBe(6);
    expect(calls).toEqual(['train 4', 'train 5']);
  });

  it('asks for the rate of a step when what came before it is done', async () => {
    const { engine } = recorder();
    let finished = 0;
    const known: number[] = [];
    await trainSteps(engine, {
      ...numbered(1),
      feed: () => {
        known.push(finished);
        return { x: scalar(0) };
      },
      first: 0,
      steps: 3,
      onStep: async (step) => {
        finished = step + 1;
        return false;
      },
    });
    expect(known).toEqual([0, 1, 2]);
  });

  it('asks for no batch ahead where others are wanted first', async () => {
    const { engine } = recorder();
    const asked: string[] = [];
    const options = numbered(1);
    await trainSteps(engine, {
      ...options,
      batch: async (step: number) => {
        asked.push(`batch ${step}`);
        return options.batch();
      },
      pausesAfter: (done) => done === 2,
      first: 0,
      steps: 3,
      onStep: async (step) => {
        asked.push(`done ${step}`);
        return false;
      },
    });
    expect(asked).toEqual(['batch 0', 'batch 1', 'done 0', 'done 1', 'batch 2', 'done 2']);
  });
});
