import type { Source } from './format.js';

/** One picture of a TIFF as its directory describes it (TIFF 6.0, and BigTIFF). */
export interface TiffPage {
  /** Its place among all directories of the file, from 0. */
  readonly index: number;
  readonly little: boolean;
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  /** Of the first sample. */
  readonly bits: number;
  /** 1 unsigned, 2 signed, 3 floating. */
  readonly format: number;
  readonly compression: number;
  readonly predictor: number;
  /** 2: the channels lie one behind the other. */
  readonly planar: number;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 CMYK, 6 YCbCr. */
  readonly photometric: number;
  /** Of the samples beyond those of the colours: 1 or 2 is transparency, 0 anything. */
  readonly extra: readonly number[];
  readonly orientation: number;
  /** Of strips, rows of the whole width; else of tiles. */
  readonly block: { readonly width: number; readonly height: number };
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
}

type Pieces = Pick<Source, 'piece'>;

const bytesOfType: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 6: 1, 8: 2, 9: 4, 16: 8 };

/**
 * The full-size pictures of a TIFF, smaller copies of them and masks of transparency passed over. Throws where a directory is
 * damaged.
 */
export async function pagesOf(source: Pieces): Promise<TiffPage[]> {
  const head = await source.piece(0, 16);
  const little = head.toString('latin1', 0, 2) === 'II';
  const big = number(head, 2, 2, little) === 43;
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  let at = big ? number(head, 8, 8, little) : number(head, 4, 4, little);
  for (let index = 0; at !== 0; index++) {
    if (seen.has(at)) throw new Error('its directories run in a circle');
    seen.add(at);
    const { tags, next } = await directory(source, at, little, big);
    // Bits 0 and 2 of the subfile type: a smaller copy, a mask.
    if (((tags.get(254)?.[0] ?? 0) & 5) === 0) pages.push(pageOf(index, little, tags));
    at = next;
  }
  if (pages.length === 0) throw new Error('it holds no picture');
  return pages;
}

type Tags = ReadonlyMap<number, readonly number[]>;

async function directory(source: Pieces, at: number, little: boolean, big: boolean) {
  const [countBytes, entryBytes, wide] = big ? [8, 20, 8] : [2, 12, 4];
  const count = number(await whole(source, at, countBytes), 0, countBytes, little);
  if (count > 4096) throw new Error('its directory is damaged');
  const bytes = await whole(source, at + countBytes, count * entryBytes + wide);
  const tags = new Map<number, readonly number[]>();
  for (let i = 0; i < count; i++) {
    const entry = bytes.subarray(i * entryBytes, (i + 1) * entryBytes);
    const [tag, type] = [number(entry, 0, 2, little), number(entry, 2, 2, little)];
    const width = bytesOfType[type];
    if (width === undefined) continue;
    const length = number(entry, 4, wide, little);
    const place = 4 + wide;
    const here = length * width <= wide;
    const values = here
      ? entry.subarray(place)
      : await whole(source, number(entry, place, wide, little), length * width);
    tags.set(
      tag,
      Array.from({ length }, (_, n) => number(values, n * width, width, little)),
    );
  }
  return { tags, next: number(bytes, count * entryBytes, wide, little) };
}

async function whole(source: Pieces, at: number, length: number): Promise<Buffer> {
  const bytes = await source.piece(at, length);
  if (bytes.length < length) throw new Error('it ends within its directory');
  return bytes;
}

function number(bytes: Buffer, at: number, width: number, little: boolean): number {
  if (width === 8) return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  return little ? bytes.readUIntLE(at, width) : bytes.readUIntBE(at, width);
}

function pageOf(index: number, little: boolean, tags: Tags): TiffPage {
  const one = (tag: number, otherwise: number): number => tags.get(tag)?.[0] ?? otherwise;
  const [width, height] = [one(256, 0), one(257, 0)];
  if (width < 1 || height < 1) throw new Error('its directory is damaged');
  const tiled = tags.has(322);
  const block = tiled
    ? { width: one(322, width), height: one(323, height) }
    : { width, height: Math.min(one(278, height), height) };
  return {
    index,
    little,
    width,
    height,
    samples: one(277, 1),
    bits: one(258, 1),
    format: one(339, 1),
    compression: one(259, 1),
    predictor: one(317, 1),
    planar: one(284, 1),
    photometric: one(262, 1),
    extra: tags.get(338) ?? [],
    orientation: one(274, 1),
    block,
    offsets: tags.get(tiled ? 324 : 273) ?? [],
    lengths: tags.get(tiled ? 325 : 279) ?? [],
  };
}
