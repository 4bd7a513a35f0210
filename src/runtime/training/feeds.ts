import type { Batch } from '../data/patches.js';
import type { HostTensor, Tensors } from '../engines/engine.js';
import type { Geometry } from '../geometry.js';
import { weightInput } from '../network.js';

const scalar = (value: number): HostTensor => ({ shape: [], data: Float32Array.of(value) });

/** A batch as the inputs of the functions `train` and `moments`. */
export interface Feeds {
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
  const map = (data: Float32Array): HostTensor => ({ shape: [count, inner, inner, 1], data });
  const seeded: HostTensor = { shape: [], data: Int32Array.of(seed) };
  return {
    train: (batch, learningRate) => ({
      [geometry.input]: image(batch.image),
      [geometry.output]: map(batch.target),
      [weightInput]: map(batch.weight),
      learningRate: scalar(learningRate),
      seed: seeded,
    }),
    moments: (batch, fraction) => ({
      [geometry.input]: image(batch.image),
      seed: seeded,
      fraction: scalar(fraction),
    }),
  };
}
