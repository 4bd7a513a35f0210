import type { FileHandle } from 'node:fs/promises';
import { PickleError } from './pickled.js';

/** Bytes that are read by the piece, so that what is not wanted of a large file is never in memory. */
export interface ByteSource {
  readonly size: number;
  /** Exactly these; throws `PickleError` where they are not all there. */
  readonly read: (from: number, length: number) => Promise<Uint8Array>;
}

export async function sourceOf(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  const read = async (from: number, length: number): Promise<Uint8Array> => {
    if (!(from >= 0 && length >= 0 && from + length <= size)) {
      throw new PickleError(`it has ${size} bytes, and byte ${from + length} is wanted`);
    }
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await file.read(bytes, done, length - done, from + done);
      if (bytesRead === 0) throw new PickleError('it became shorter while it was read');
      done += bytesRead;
    }
    return bytes;
  };
  return { size, read };
}
