import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { crc32 } from '../../files/checksum.js';
import type { ByteSource } from './bytes-source.js';
import { PickleError, Refusal } from './pickled.js';

/** A file of a zip archive, by what the archive's directory says of it. */
export interface ZipEntry {
  readonly name: string;
  /** 0: as it is; 8: deflated. */
  readonly method: number;
  readonly stored: number;
  readonly size: number;
  /** The CRC-32 of what it holds; 0 where torch.save was told to compute none. */
  readonly checksum: number;
  /** Where its own header begins. */
  readonly header: number;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locatorSignature = 0x07064b50;
const entrySignature = 0x02014b50;
const headerSignature = 0x04034b50;
const endLength = 22;
const locatorLength = 20;
/** The longest comment, behind the end record. */
const longestComment = 0xffff;
/** More than any checkpoint has tensors, by far. */
const mostEntries = 1_000_000;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const big = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** The directory of the archive (PKWARE's APPNOTE 6.3, with zip64). Throws `PickleError` on a damaged one. */
export async function zipEntries(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const { offset, size, count } = await directoryOf(source);
  if (count > mostEntries) throw new PickleError(`its directory lists ${count} files`);
  const bytes = await source.read(offset, size);
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  for (let n = 0, at = 0; n < count; n++) {
    if (at + 46 > size || view.getUint32(at, true) !== entrySignature) {
      throw new PickleError(`entry ${n} of its directory is damaged`);
    }
    const lengths = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const end = at + 46 + lengths[0]! + lengths[1]! + lengths[2]!;
    if (end > size) throw new PickleError(`entry ${n} of its directory is damaged`);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + lengths[0]!));
    if (view.getUint16(at + 8, true) & 1) throw new Refusal(`${name}, which is encrypted`);
    if (entries.has(name)) throw new PickleError(`it holds ${name} twice`);
    const extra = bytes.subarray(at + 46 + lengths[0]!, at + 46 + lengths[0]! + lengths[1]!);
    entries.set(name, entryOf(name, view, at, extra));
    at = end;
  }
  return entries;
}

interface Directory {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

async function directoryOf(source: ByteSource): Promise<Directory> {
  const length = Math.min(source.size, endLength + longestComment);
  const tail = viewOf(await source.read(source.size - length, length));
  let at = length - endLength;
  while (at >= 0 && tail.getUint32(at, true) !== endSignature) at--;
  if (at < 0) throw new PickleError('its end is missing, where a zip file lists what it holds');
  const count = tail.getUint16(at + 10, true);
  const size = tail.getUint32(at + 12, true);
  const offset = tail.getUint32(at + 16, true);
  if (count !== 0xffff && size !== 0xffffffff && offset !== 0xffffffff) {
    return { offset, size, count };
  }
  const place = at - locatorLength;
  if (place < 0 || tail.getUint32(place, true) !== locatorSignature) {
    return { offset, size, count };
  }
  const end64 = viewOf(await source.read(big(tail, place + 8), 56));
  if (end64.getUint32(0, true) !== end64Signature) {
    throw new PickleError('its zip64 end record is damaged');
  }
  return { count: big(end64, 32), size: big(end64, 40), offset: big(end64, 48) };
}

/** Sizes that do not fit 32 bits stand in the extra field 1, in this order, those alone. */
function entryOf(name: string, view: DataView, at: number, extra: Uint8Array): ZipEntry {
  const method = view.getUint16(at + 10, true);
  const fields = [24, 20, 42].map((place) => view.getUint32(at + place, true));
  const wide = wideField(extra);
  let next = 0;
  const [size, stored, header] = fields.map((field) => {
    if (field !== 0xffffffff || !wide) return field;
    if (next + 8 > wide.byteLength) throw new PickleError(`${name} has no size`);
    next += 8;
    return big(wide, next - 8);
  });
  return {
    name,
    method,
    stored: stored!,
    size: size!,
    checksum: view.getUint32(at + 16, true),
    header: header!,
  };
}

function wideField(extra: Uint8Array): DataView | undefined {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1 && at + 4 + length <= extra.length) {
      return viewOf(extra.subarray(at + 4, at + 4 + length));
    }
  }
  return undefined;
}

const inflated = promisify(inflateRaw) as (
  bytes: Uint8Array,
  options: { maxOutputLength: number },
) => Promise<Uint8Array>;

/** What the entry holds. It must come to the size and the checksum that the directory gives. */
export async function readEntry(source: ByteSource, entry: ZipEntry): Promise<Uint8Array> {
  const { name, stored, size, checksum, header } = entry;
  const start = viewOf(await source.read(header, 30));
  if (start.getUint32(0, true) !== headerSignature) throw new PickleError(`${name} is damaged`);
  const begin = header + 30 + start.getUint16(26, true) + start.getUint16(28, true);
  const whole = await unpacked(await source.read(begin, stored), entry);
  if (whole.length !== size || (checksum !== 0 && crc32(whole) !== checksum)) {
    throw new PickleError(`${name} is damaged`);
  }
  return whole;
}

async function unpacked(
  bytes: Uint8Array,
  { name, method, stored, size }: ZipEntry,
): Promise<Uint8Array> {
  if (method === 0) return bytes;
  if (method !== 8) throw new Refusal(`${name}, packed by method ${method}`);
  // At its best deflate packs a thousand bytes into one.
  if (size > 1100 * stored + 1100) throw new PickleError(`${name} is damaged`);
  return inflated(bytes, { maxOutputLength: Math.max(size, 1) }).catch(() => {
    throw new PickleError(`${name} is damaged`);
  });
}
