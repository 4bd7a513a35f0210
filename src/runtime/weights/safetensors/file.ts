import { open, readFile } from 'node:fs/promises';
import { InputError } from '../../errors/errors.js';
import { writeAtomically } from '../../files/disk.js';
import { missing } from '../../files/missing.js';
import { tellingBytes, torchFormat } from '../torch/format.js';
import { decodeSafetensors } from './decode.js';
import { encodeSafetensors } from './encode.js';
import type { TensorFile } from './format.js';
import { headerEnd, readHeader } from './header.js';

export const writeSafetensors = (path: string, file: TensorFile): Promise<void> =>
  writeAtomically(path, encodeSafetensors(file).bytes);

const unread = (path: string) => (error: NodeJS.ErrnoException) => {
  throw error.code === 'ENOENT'
    ? missing(path, 'name a file of weights')
    : new InputError(`${path}: ${error.message}`);
};

function refuseTorch(path: string, begin: Uint8Array): void {
  if (torchFormat(begin)) {
    throw new InputError(
      `${path} is a checkpoint of PyTorch: netc weights import makes a file of netc's own names from it`,
    );
  }
}

/** Throws `InputError` where there is no such file or it is damaged. */
export async function readSafetensors(path: string): Promise<TensorFile> {
  const bytes = await readFile(path).catch(unread(path));
  refuseTorch(path, bytes.subarray(0, tellingBytes));
  return decodeSafetensors(bytes, path);
}

/** What a file says beside its tensors, without reading these. Throws as `readSafetensors`, but for damaged values. */
export async function readMetadata(path: string): Promise<TensorFile['metadata']> {
  const file = await open(path).catch(unread(path));
  try {
    const { size } = await file.stat();
    const begin = new Uint8Array(Math.min(size, tellingBytes));
    await file.read(begin, 0, begin.length, 0);
    refuseTorch(path, begin);
    const end = headerEnd(begin, size, path);
    const header = new Uint8Array(end);
    await file.read(header, 0, end, 0);
    return readHeader(header, size, path).metadata;
  } finally {
    await file.close();
  }
}
