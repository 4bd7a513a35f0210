import type { Pixels, Source } from './format.js';
import { type NumberType, numberTypes, readNumbers } from './numbers.js';
import { blockBytes } from './tiff-blocks.js';
import type { TiffPage } from './tiff-pages.js';

/**
 * The samples of a page as they are stored, of any number of channels and any plain type: what a library for photographs
 * would turn to colours. Rows and tiles, channels side by side or in planes, differences of neighbours undone.
 */
export async function samplesOf(source: Source, page: TiffPage): Promise<Pixels> {
  const { width, height, samples, block, planar } = page;
  const type = typeOf(page);
  const bytes = await source.bytes();
  const data = new Float32Array(width * height * samples);
  const [across, down] = [Math.ceil(width / block.width), Math.ceil(height / block.height)];
  const planes = planar === 2 ? samples : 1;
  const together = samples / planes;
  let rounded = 0;
  for (let n = 0; n < planes * across * down; n++) {
    const [plane, place] = [Math.floor(n / (across * down)), n % (across * down)];
    const [left, top] = [(place % across) * block.width, Math.floor(place / across) * block.height];
    const rows = Math.min(block.height, height - top);
    const count = block.width * rows * together;
    const values = blockOf(page, bytes, n, count, together, type);
    rounded += values.rounded;
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < Math.min(block.width, width - left); x++) {
        for (let c = 0; c < together; c++) {
          data[((top + y) * width + left + x) * samples + plane + c] =
            values.data[(y * block.width + x) * together + c]!;
        }
      }
    }
  }
  const white = page.format === 1 && page.bits <= 16 ? 2 ** page.bits - 1 : null;
  if (page.photometric === 0 && white !== null) {
    for (let i = 0; i < data.length; i++) data[i] = white - data[i]!;
  }
  return withAlphaApart(page, { width, height, channels: samples, data, white, rounded });
}

function typeOf({ bits, format }: TiffPage): NumberType {
  const letter = format === 3 ? 'f' : format === 2 ? 'i' : 'u';
  const name = `${letter}${bits / 8}`;
  if (format <= 3 && Object.hasOwn(numberTypes, name)) {
    return numberTypes[name as keyof typeof numberTypes];
  }
  throw new Error(
    `its samples are of ${bits} bits and format ${format}: save 8, 16, 32 or 64 bits`,
  );
}

/** @param count of the numbers that are wanted of block `n` */
function blockOf(
  page: TiffPage,
  bytes: Buffer,
  n: number,
  count: number,
  together: number,
  type: NumberType,
) {
  const [from, length] = [page.offsets[n], page.lengths[n]];
  if (from === undefined || length === undefined || from + length > bytes.length) {
    throw new Error('it ends before its samples do');
  }
  const packed = bytes.subarray(from, from + length);
  const row = page.block.width * together;
  const unpacked = blockBytes(page, packed, count * type.bytes);
  if (page.predictor === 1) return readNumbers(unpacked, 0, count, type, page.little);
  const undone = Buffer.from(unpacked);
  for (let at = 0; at < count; at += row) {
    const line = undone.subarray(at * type.bytes, (at + row) * type.bytes);
    if (page.predictor === 3) fromBytePlanes(line, together, type.bytes);
    else addUp(line, together, type.bytes, page.little);
  }
  return readNumbers(undone, 0, count, type, page.predictor === 3 ? false : page.little);
}

/** Predictor 2: each whole number is the difference to the one of the pixel before. */
function addUp(line: Buffer, together: number, width: number, little: boolean): void {
  const step = together * width;
  for (let at = step; at < line.length; at += width) {
    let carry = 0;
    for (let b = 0; b < width; b++) {
      const place = little ? at + b : at + width - 1 - b;
      const sum = line[place]! + line[place - step]! + carry;
      line[place] = sum;
      carry = sum >> 8;
    }
  }
}

/** Predictor 3 (Adobe, of floating numbers): bytes differ from those before, and lie by significance, the highest first. */
function fromBytePlanes(line: Buffer, together: number, width: number): void {
  for (let at = together; at < line.length; at++) line[at]! += line[at - together]!;
  const planes = Buffer.from(line);
  const count = line.length / width;
  for (let i = 0; i < count; i++) {
    for (let b = 0; b < width; b++) line[i * width + b] = planes[b * count + i]!;
  }
}

/** How many of the samples are colours: what is beyond may be transparency. */
const coloursOf = ({ photometric, samples }: TiffPage): number =>
  Math.min(samples, photometric === 2 ? 3 : 1);

/** Which sample is transparency; -1: none. */
export const alphaOf = (page: TiffPage): number => {
  const found = page.extra.findIndex((kind) => kind === 1 || kind === 2);
  return found < 0 ? -1 : Math.min(page.samples - 1, coloursOf(page) + found);
};

function withAlphaApart(page: TiffPage, pixels: Pixels): Pixels {
  const place = alphaOf(page);
  if (place < 0) return pixels;
  const { channels, data } = pixels;
  return {
    ...pixels,
    channels: channels - 1,
    data: data.filter((_, i) => i % channels !== place),
    alpha: data.filter((_, i) => i % channels === place),
  };
}
