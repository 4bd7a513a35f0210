import type { ElementType } from '../element-types.js';
import type { StoredTensor } from '../safetensors/format.js';
import { PickleError } from './pickled.js';

/** The numbers of a tensor, still in the file. */
export class StorageRef {
  constructor(
    readonly key: string,
    readonly type: ElementType,
    /** How many numbers it holds. */
    readonly count: number,
    /** Where they begin in the storage of that key, counted in numbers. */
    readonly begin = 0,
  ) {}
}

/** A view of a storage: the number at an index lies at `offset` plus the index times `strides`. */
export class TensorRef {
  constructor(
    readonly storage: StorageRef,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {
    const { count } = storage;
    const last = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, offset);
    if (!shape.includes(0) && last >= count) {
      throw new PickleError(`a tensor ends at number ${last + 1} of the ${count} of its storage`);
    }
  }

  get elements(): number {
    return this.shape.reduce((a, b) => a * b, 1);
  }
}

/** The tensor of the numbers in `bytes`, which are those of its storage; row-major. */
export function tensorOf(
  { storage: { type, begin }, offset, shape, strides, elements }: TensorRef,
  bytes: Uint8Array,
): StoredTensor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = type.make(elements);
  const index = shape.map(() => 0);
  let from = begin + offset;
  for (let to = 0; to < elements; to++) {
    data[to] = type.read(view, from * type.bytes);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= shape[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return { shape, data };
}
