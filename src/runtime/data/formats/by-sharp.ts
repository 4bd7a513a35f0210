import sharp, { type Sharp } from 'sharp';
import type { Format, Pixels } from './format.js';

/** PNG, JPEG, TIFF, GIF and WebP. Of several pages the first counts. */
export const bySharp: Format = {
  recognises: (head) => {
    const text = head.toString('latin1', 0, 12);
    return (
      text.startsWith('\x89PNG') ||
      text.startsWith('\xff\xd8\xff') ||
      /^(II[*+]\0|MM\0[*+])/.test(text) ||
      text.startsWith('GIF8') ||
      (text.startsWith('RIFF') && text.endsWith('WEBP'))
    );
  },
  async sizeOf({ path }) {
    const { width, height } = await sharp(path).metadata();
    return { width, height, slices: 1 };
  },
  async decode(source) {
    const bytes = await source.bytes();
    const { depth, space, channels, hasAlpha } = await sharp(bytes).metadata();
    const picture = sharp(bytes).removeAlpha();
    const gray = channels - (hasAlpha ? 1 : 0) === 1;
    if (depth === 'short') return signed(picture, gray);
    if (depth === 'ushort') {
      const deep = picture.toColourspace(gray ? 'grey16' : 'rgb16').raw({ depth: 'ushort' });
      return pixels(deep, (data) => words(data), 65535);
    }
    if (depth !== 'uchar') throw new Error(`its samples are ${depth}: save it with 8 or 16 bits`);
    const plain = gray || space === 'b-w' ? picture.toColourspace('b-w') : picture;
    return pixels(plain.raw(), (data) => data, 255);
  },
};

/** Hounsfield units. Signed samples lose what is below 0 unless they are moved above it first. */
function signed(picture: Sharp, gray: boolean): Promise<Pixels> {
  if (!gray) throw new Error('its samples are signed in three channels: save it with one');
  const moved = picture.linear(1, 32768).toColourspace('grey16').raw({ depth: 'ushort' });
  return pixels(moved, (data) => Float32Array.from(words(data), (value) => value - 32768), null);
}

async function pixels(
  picture: Sharp,
  samplesOf: (data: Buffer) => ArrayLike<number>,
  white: number | null,
): Promise<Pixels> {
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { width, height, channels, data: Float32Array.from(samplesOf(data)), white };
}

const words = (data: Buffer): Uint16Array =>
  new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
