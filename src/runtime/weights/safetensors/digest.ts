import { createHash } from 'node:crypto';
import { byName, type TensorFile, typeOf } from './format.js';

/** The name under which a file's metadata has its digest. */
export const digestKey = 'sha256';

/**
 * The SHA-256 of all that a file says but its digest: names, types, shapes and values of the tensors, and the metadata. The
 * order in which a writer lays them out does not matter.
 */
export function digestOf({ tensors, metadata }: TensorFile): string {
  const hash = createHash('sha256');
  const notes = Object.entries(metadata).filter(([key]) => key !== digestKey);
  hash.update(JSON.stringify(notes.sort(byName)));
  for (const [name, tensor] of [...tensors].sort(byName)) {
    const { shape, data } = tensor;
    hash.update(JSON.stringify([name, typeOf(tensor), shape]));
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
