import { open, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';
import type { Source } from './format.js';

const headLength = 65_536;
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** A file that was read, or is being read. */
interface Kept {
  readonly state: string;
  readonly bytes: Promise<Buffer>;
  /** 0 until it is read. */
  size: number;
}

/** The slices of a volume are asked for one after the other, and those of its image, mask and field of view by turns. */
const kept = new Map<string, Kept>();
const most = 4;
const mostBytes = 2 ** 30;

export async function openSource(path: string): Promise<Source> {
  const file = await open(path);
  try {
    const { mtimeMs, size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0);
    const stored = buffer.subarray(0, bytesRead);
    const isPacked = isGzip(stored);
    const head = isPacked
      ? gunzipSync(stored, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, headLength)
      : stored;
    const bytes = (): Promise<Buffer> => bytesOf(path, `${size} ${mtimeMs}`);
    const piece = async (at: number, length: number): Promise<Buffer> => {
      if (at + length <= head.length) return head.subarray(at, at + length);
      return isPacked ? (await bytes()).subarray(at, at + length) : pieceOf(path, at, length);
    };
    return { path, isPacked, head, piece, bytes };
  } finally {
    await file.close();
  }
}

async function pieceOf(path: string, at: number, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** @param state of the file: another is another content */
function bytesOf(path: string, state: string): Promise<Buffer> {
  const found = kept.get(path);
  kept.delete(path);
  const now = found?.state === state ? found : { state, bytes: unpacked(path), size: 0 };
  // A map iterates in the order of insertion: so the last used is the last.
  kept.set(path, now);
  now.bytes.then(
    ({ length }) => {
      now.size = length;
      giveUp();
    },
    () => kept.delete(path),
  );
  return now.bytes;
}

/** Gives up what was not used for longest, but for the last. */
function giveUp(): void {
  let bytes = [...kept.values()].reduce((total, { size }) => total + size, 0);
  for (const [path, { size }] of kept) {
    if (kept.size <= 1 || (kept.size <= most && bytes <= mostBytes)) return;
    kept.delete(path);
    bytes -= size;
  }
}

async function unpacked(path: string): Promise<Buffer> {
  const stored = await readFile(path);
  return isGzip(stored) ? promisify(gunzip)(stored) : stored;
}
