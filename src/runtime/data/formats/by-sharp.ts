import sharp, { type Metadata, type Sharp } from 'sharp';
import type { Format, Header, Pixels } from './format.js';
import { oriented, shownSize } from './orientation.js';

/** PNG, JPEG, GIF and WebP; of an animation each frame is a slice. Pictures are turned as their EXIF says. */
export const bySharp: Format = {
  recognises: (head) => {
    const text = head.toString('latin1', 0, 12);
    return (
      text.startsWith('\x89PNG') ||
      text.startsWith('\xff\xd8\xff') ||
      text.startsWith('GIF8') ||
      (text.startsWith('RIFF') && text.endsWith('WEBP'))
    );
  },
  async headerOf({ path, isPacked, bytes }) {
    return headerBySharp(await sharp(isPacked ? await bytes() : path).metadata());
  },
  decode: async (source, slice) => decodeBySharp(await source.bytes(), slice),
};

function headerBySharp(metadata: Metadata): Header {
  const { width, height, pages = 1, orientation } = metadata;
  const size = shownSize({ width, height }, orientation);
  return { ...size, slices: pages, channels: coloursOf(metadata), affine: null };
}

/** Four inks are read as three colours. */
const coloursOf = ({ channels, hasAlpha, space }: Metadata): number =>
  space === 'cmyk' ? 3 : channels - (hasAlpha ? 1 : 0);

/**
 * Grey values and colours of 8 and 16 bits, as they are stored: a colour profile that says how they look is passed over, but for inks,
 * which are no colours without it.
 *
 * @param page from 0
 */
export async function decodeBySharp(bytes: Buffer, page: number): Promise<Pixels> {
  const of = page > 0 ? { page } : {};
  const metadata = await sharp(bytes, of).metadata();
  const { depth, space, orientation, format } = metadata;
  const picture = sharp(bytes, { ...of, ignoreIcc: space !== 'cmyk' });
  const colours = coloursOf(metadata);
  const lossy = format === 'jpeg';
  if (depth === 'ushort') {
    const deep = picture.toColourspace(colours === 1 ? 'grey16' : 'rgb16').raw({ depth: 'ushort' });
    return oriented(await pixels(deep, words, 65535, colours, lossy), orientation);
  }
  if (depth !== 'uchar') throw new Error(`its samples are ${depth}: save it with 8 or 16 bits`);
  const grey = colours === 1 || space === 'b-w';
  // Written as b-w, transparency would be left out; as colours, grey is the first of them.
  const plain = grey ? picture.toColourspace(metadata.hasAlpha ? 'srgb' : 'b-w') : picture;
  return oriented(await pixels(plain.raw(), (data) => data, 255, colours, lossy), orientation);
}

async function pixels(
  picture: Sharp,
  samplesOf: (data: Buffer) => ArrayLike<number>,
  white: number,
  channels: number,
  lossy: boolean,
): Promise<Pixels> {
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const samples = samplesOf(data);
  if (info.channels === channels) {
    return { width, height, channels, data: Float32Array.from(samples), white, lossy };
  }
  const count = width * height;
  const [own, alpha] = [new Float32Array(count * channels), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    const at = i * info.channels;
    for (let c = 0; c < channels; c++) own[i * channels + c] = samples[at + c]!;
    alpha[i] = samples[at + info.channels - 1]!;
  }
  return { width, height, channels, data: own, white, alpha, lossy };
}

const words = (data: Buffer): Uint16Array =>
  new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
