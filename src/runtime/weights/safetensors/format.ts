/** One tensor of a file, row-major. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | BigInt64Array;
}

/** Tensors by name, and free text beside them. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** By name, so that one content has one order. */
export const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

/** The element types that are read and written, by the format's names. */
export const arrays = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
  I64: BigInt64Array,
} as const;

export type StoredType = keyof typeof arrays;
export const storedTypes = Object.keys(arrays) as StoredType[];

/** The format's name for what a tensor's elements are. */
export const typeOf = ({ data }: StoredTensor): StoredType =>
  storedTypes.find((type) => data instanceof arrays[type])!;

export const elements = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
