import { open } from 'node:fs/promises';
import { InputError } from '../errors/errors.js';
import { missing } from '../files/missing.js';
import { decodeSafetensors } from './safetensors/decode.js';
import { tellingBytes, torchFormat } from './torch/format.js';
import { type ReadTensors, readTorch } from './torch/read.js';

/**
 * The tensors of a file by name, whichever of safetensors and the formats of torch.save it is: by its first bytes, not
 * by its ending. Throws `InputError` where there is no such file, or it is damaged or of another kind.
 */
export async function readTensors(path: string): Promise<ReadTensors> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? missing(path, 'name a file of weights')
      : new InputError(`${path}: ${error.message}`);
  });
  try {
    const entry = await file.stat();
    if (!entry.isFile()) throw new InputError(`${path} is no file: name a file of weights`);
    const begin = new Uint8Array(tellingBytes);
    await file.read(begin, 0, begin.length, 0);
    const format = torchFormat(begin);
    if (format) return await readTorch(file, format, path);
    if (begin[8] !== headerBegin) throw new InputError(otherKind(path, begin));
    return { ...decodeSafetensors(await file.readFile(), path), notes: [] };
  } finally {
    await file.close();
  }
}

/** The bracket that the header of a safetensors file begins with, behind its length. */
const headerBegin = '{'.charCodeAt(0);

function otherKind(path: string, begin: Uint8Array): string {
  const isHdf5 = new TextDecoder('latin1').decode(begin.subarray(1, 4)) === 'HDF';
  const kind = isHdf5
    ? 'is an HDF5 file, as Keras writes them, which is not read'
    : 'is no file of weights';
  return `${path} ${kind}: name a safetensors file, a checkpoint of torch.save or the folder of a run`;
}
