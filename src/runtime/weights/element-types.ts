import { halfOf } from '../files/half-precision.js';
import type { StoredTensor } from './safetensors/format.js';

type Numbers = StoredTensor['data'];

/** How the numbers of a storage lie, and what they are read as. */
export interface ElementType {
  readonly name: string;
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number | bigint;
  readonly make: (length: number) => Numbers;
}

const whole = (length: number) => new Int32Array(length);
const single = (length: number) => new Float32Array(length);

const wide = new DataView(new ArrayBuffer(4));
/** The upper half of a float32. */
function brainFloatOf(bits: number): number {
  wide.setUint32(0, bits * 65536);
  return wide.getFloat32(0);
}

/** By the name of the storage's class in PyTorch; half and brain floats become float32, small whole numbers int32. */
export const elementTypes: Readonly<Record<string, ElementType>> = Object.fromEntries(
  (
    [
      ['Float', 4, (v, at) => v.getFloat32(at, true), single],
      ['Double', 8, (v, at) => v.getFloat64(at, true), (n) => new Float64Array(n)],
      ['Half', 2, (v, at) => halfOf(v.getUint16(at, true)), single],
      ['BFloat16', 2, (v, at) => brainFloatOf(v.getUint16(at, true)), single],
      ['Long', 8, (v, at) => v.getBigInt64(at, true), (n) => new BigInt64Array(n)],
      ['Int', 4, (v, at) => v.getInt32(at, true), whole],
      ['Short', 2, (v, at) => v.getInt16(at, true), whole],
      ['Char', 1, (v, at) => v.getInt8(at), whole],
      ['Byte', 1, (v, at) => v.getUint8(at), whole],
      ['Bool', 1, (v, at) => v.getUint8(at), whole],
    ] satisfies [string, number, ElementType['read'], ElementType['make']][]
  ).map(([name, bytes, read, make]) => [`${name}Storage`, { name, bytes, read, make }]),
);

/** All numbers in `bytes`, one after the other. */
export function numbersOf({ bytes: size, read, make }: ElementType, bytes: Uint8Array): Numbers {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = make(bytes.length / size);
  for (let i = 0; i < data.length; i++) data[i] = read(view, i * size);
  return data;
}
