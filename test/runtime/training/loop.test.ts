import { describe, expect, it } from 'vitest';
import type { Engine, Tensors } from '../../../src/runtime/engines/engine.js';
import { trainSteps } from '../../../src/runtime/training/loop.js';

const scalar = (value: number) => ({ shape: [], data: Float32Array.of(value) });

/** An engine whose loss is what it is fed as `x`; it keeps what was called. */
function recorder() {
  const calls: string[] = [];
  const call = async (name: string, { x }: Tensors): Promise<Tensors> => {
    calls.push(`${name} ${x.data[0]}`);
    return { loss: x };
  };
  return { calls, engine: { call } as unknown as Engine };
}

describe('a step of several batches', () => {
  it('accumulates all but the last, and its loss is their mean', async () => {
    const { calls, engine } = recorder();
    const losses: number[] = [];
    const done = await trainSteps(engine, {
      steps: 2,
      parts: 3,
      inputs: (step, part) => ({ x: scalar(3 * step + part) }),
      stopped: () => false,
      onStep: async (_, loss) => {
        losses.push(loss);
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
