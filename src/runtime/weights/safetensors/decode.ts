import { InputError } from '../../errors/errors.js';
import { numbersOf } from '../element-types.js';
import { digestKey, digestOf } from './digest.js';
import { arrays, type StoredTensor, type TensorFile } from './format.js';
import { type Entry, readHeader } from './header.js';

/**
 * Reads what `encodeSafetensors` or another writer made. Throws `InputError` on a damaged file, also where its values are not
 * those of the digest in its metadata, and on element types that are not read, such as 8-bit floats.
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): TensorFile {
  const { metadata, entries, size } = readHeader(bytes, bytes.length, name);
  const data = bytes.subarray(size);
  const tensors = new Map(entries.map((entry) => [entry.name, tensorOf(entry, data)]));
  const file = { tensors, metadata };
  const said = metadata[digestKey];
  if (said !== undefined && said !== digestOf(file)) {
    throw new InputError(
      `${name} is damaged: what it holds is not what was saved (its ${digestKey} is another)`,
    );
  }
  return file;
}

function tensorOf({ type, shape, begin, end }: Entry, data: Uint8Array): StoredTensor {
  const own = data.subarray(begin, end);
  if (typeof type !== 'string') return { shape, data: numbersOf(type, own) };
  // A copy, since the file need not align what the array wants aligned.
  return { shape, data: new arrays[type](Uint8Array.from(own).buffer) };
}
