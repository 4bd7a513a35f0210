/** A variable's value: row-major, in netc's layout. */
export interface WeightTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** By path. */
export type Weights = Readonly<Record<string, WeightTensor>>;

export function weightAt(weights: Weights, path: string): WeightTensor {
  const tensor = weights[path];
  if (!tensor) throw new Error(`the weights have no ${path}`);
  return tensor;
}

/** The tensor whose axis `i` is the axis `axes[i]` of this one. */
export function permuted({ shape, data }: WeightTensor, axes: readonly number[]): WeightTensor {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const moved = data.slice();
  let next = 0;
  const copy = (depth: number, offset: number): void => {
    if (depth === axes.length) {
      moved[next++] = data[offset]!;
      return;
    }
    const axis = axes[depth]!;
    for (let i = 0; i < shape[axis]!; i++) copy(depth + 1, offset + i * strides[axis]!);
  };
  copy(0, 0);
  return { shape: axes.map((axis) => shape[axis]!), data: moved };
}

/** Little-endian bytes, as files have them. */
export function littleEndian(data: Float32Array | Int32Array): Uint8Array {
  const bytes = new Uint8Array(data.length * 4);
  const view = new DataView(bytes.buffer);
  const float = data instanceof Float32Array;
  data.forEach((value, i) => {
    if (float) view.setFloat32(4 * i, value, true);
    else view.setInt32(4 * i, value, true);
  });
  return bytes;
}
