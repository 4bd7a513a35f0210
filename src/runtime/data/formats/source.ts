import { open, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';
import type { Source } from './format.js';

const headLength = 65_536;
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The last large file that was read: the slices of a volume are asked for one after the other. */
let last: { readonly path: string; readonly modified: number; readonly bytes: Buffer } | undefined;
const large = 2 ** 24;

export async function openSource(path: string): Promise<Source> {
  const file = await open(path);
  try {
    const { mtimeMs } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0);
    const stored = buffer.subarray(0, bytesRead);
    const head = isGzip(stored)
      ? gunzipSync(stored, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, headLength)
      : stored;
    return { path, head, bytes: () => bytesOf(path, mtimeMs) };
  } finally {
    await file.close();
  }
}

async function bytesOf(path: string, modified: number): Promise<Buffer> {
  if (last?.path === path && last.modified === modified) return last.bytes;
  const stored = await readFile(path);
  const bytes = isGzip(stored) ? await promisify(gunzip)(stored) : stored;
  if (bytes.length > large) last = { path, modified, bytes };
  return bytes;
}
