import { readFile } from 'node:fs/promises';
import { InputError } from '../errors/errors.js';
import { writeAtomically } from '../files/disk.js';
import { missing } from '../files/missing.js';
import { type ElementType, elementTypes, numbersOf } from './element-types.js';
import { tellingBytes, torchFormat } from './torch/format.js';

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

interface IndexEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** The element types that are read and written, by the format's names. */
const arrays = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
  I64: BigInt64Array,
} as const;

export type StoredType = keyof typeof arrays;
const types = Object.keys(arrays) as StoredType[];

/** The format's name for what a tensor's elements are. */
export const typeOf = ({ data }: StoredTensor): StoredType =>
  types.find((type) => data instanceof arrays[type])!;

const elements = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * The bytes of a safetensors file: a little-endian 64-bit length, a JSON header of that length, the
 * data. Names are sorted, so the same tensors give the same bytes.
 */
export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  const entries = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, tensor] of entries) {
    const { shape, data } = tensor;
    if (data.length !== elements(shape)) {
      throw new RangeError(`${name} has ${data.length} values for the shape [${shape.join(', ')}]`);
    }
    header[name] = { dtype: typeOf(tensor), shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((8 + json.length) / 8) * 8;
  // The format allows blanks after the header; they align the data.
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  let offset = start;
  for (const [, { data }] of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/** Types of other writers, which are read as wider ones: halves as float32, small whole numbers as int32. */
const widened: Readonly<Record<string, ElementType>> = {
  F16: elementTypes.HalfStorage!,
  BF16: elementTypes.BFloat16Storage!,
  I16: elementTypes.ShortStorage!,
  I8: elementTypes.CharStorage!,
  U8: elementTypes.ByteStorage!,
  BOOL: elementTypes.BoolStorage!,
};
const readTypes = [...types, ...Object.keys(widened)];

/**
 * Reads what `encodeSafetensors` or another writer made. Throws `InputError` on a damaged file and
 * on element types that are not read, such as 8-bit floats.
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): TensorFile {
  const refuse = (reason: string): never => {
    throw new InputError(`${name} is not a whole safetensors file: ${reason}`);
  };
  if (bytes.length < 8) return refuse(`it has ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  if (start > bytes.length) return refuse(`its header ends at ${start} of ${bytes.length} bytes`);
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, start), refuse);
  const tensors = new Map<string, StoredTensor>();
  for (const [path, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets } = entry ?? {};
    if (!Array.isArray(shape) || !Array.isArray(data_offsets)) {
      return refuse(`${path} has no shape or no place in it`);
    }
    const type = types.find((known) => known === dtype);
    const narrow = Object.hasOwn(widened, dtype) ? widened[dtype] : undefined;
    if (!type && !narrow) return refuse(`${path} is ${dtype}; ${readTypes.join(', ')} are read`);
    const [from, to] = data_offsets.map((offset) => start + offset) as [number, number];
    if (!(from >= start)) return refuse(`${path} begins before its header ends`);
    if (to > bytes.length) return refuse(`${path} ends at byte ${to} of ${bytes.length}`);
    const size = narrow?.bytes ?? arrays[type!].BYTES_PER_ELEMENT;
    if (to - from !== elements(shape) * size) {
      return refuse(`${path} has ${to - from} bytes for the shape [${shape.join(', ')}]`);
    }
    const own = bytes.subarray(from, to);
    // A copy, since the file need not align what the array wants aligned.
    const data = narrow ? numbersOf(narrow, own) : new arrays[type!](Uint8Array.from(own).buffer);
    tensors.set(path, { shape, data });
  }
  return { tensors, metadata };
}

type TensorIndex = { readonly __metadata__?: Record<string, string> } & Record<string, IndexEntry>;

function parseHeader(bytes: Uint8Array, refuse: (reason: string) => never): TensorIndex {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return refuse('its header is not JSON');
  }
}

export const writeSafetensors = (path: string, file: TensorFile): Promise<void> =>
  writeAtomically(path, encodeSafetensors(file));

/** Throws `InputError` where there is no such file or it is damaged. */
export async function readSafetensors(path: string): Promise<TensorFile> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? missing(path, 'name a file of weights')
      : new InputError(`${path}: ${error.message}`);
  });
  if (torchFormat(bytes.subarray(0, tellingBytes))) {
    throw new InputError(
      `${path} is a checkpoint of PyTorch: netc weights import makes a file of netc's own names from it`,
    );
  }
  return decodeSafetensors(bytes, path);
}
