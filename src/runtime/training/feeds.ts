import type { Batch } from '../data/patches.js';
import type { HostTensor, Tensors } from '../engines/engine.js';
import type { Geometry } from '../networks/geometry.js';
import { weightInput } from '../networks/network.js';

const scalar = (value: number): HostTensor => ({ shape: [], data: Float32Array.of(value) });

/** A batch as the inputs of the functions `train`, `accumulate`, `validate` and `moments`. */
export interface Feeds {
  /** Of the batch `part` of a step; each draws dropout masks of its own. */
  readonly accumulate: (batch: Batch, part: number) => Tensors;
  readonly validate: (batch: Batch) => Tensors;
  readonly train: (batch: Batch, learningRate: number) => Tensors;
  readonly moments: (batch: Batch, fraction: number) => Tensors;
}

/** For patches of `size` in batches of `count`. */
export function feedsOf(geometry: Geometry, count: number, size: number, seed: number): Feeds {
  const inner = size - 2 * geometry.margin;
  const image = (data: Float32Array): HostTensor => ({
    shape: [count, size, size, geometry.channels],
    data,
  });
  const map = (data: Float32Array, channels: number): HostTensor => ({
    shape: [count, inner, inner, channels],
    data,
  });
  const seeded: HostTensor = { shape: [], data: Int32Array.of(seed) };
  const compared = (batch: Batch): Tensors => ({
    [geometry.input]: image(batch.image),
    [geometry.output]: map(batch.target, geometry.classes),
    [weightInput]: map(batch.weight, 1),
  });
  return {
    validate: compared,
    train: (batch, learningRate) => ({
      ...compared(batch),
      learningRate: scalar(learningRate),
      seed: seeded,
    }),
    accumulate: (batch, part) => ({
      ...compared(batch),
      seed: { shape: [], data: Int32Array.of(seed ^ Math.imul(part + 1, 0x9e3779b1)) },
    }),
    moments: (batch, fraction) => ({
      [geometry.input]: image(batch.image),
      seed: seeded,
      fraction: scalar(fraction),
    }),
  };
}
