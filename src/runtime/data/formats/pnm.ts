import { type Format, type Pixels, requireBytes } from './format.js';
import { numberTypes, readNumbers } from './numbers.js';

/** PGM and PPM, as text (P2, P3) or bytes (P5, P6), with 8 or 16 bits a sample. */
export const pnm: Format = {
  recognises: (head) => /^P[2356]\s/.test(head.toString('latin1', 0, 3)),
  async headerOf({ head }) {
    const { width, height, channels } = headOf(head);
    return { width, height, channels, slices: 1, affine: null };
  },
  decode: async (source) => decode(await source.bytes()),
};

interface Head {
  readonly text: boolean;
  readonly channels: number;
  readonly width: number;
  readonly height: number;
  readonly white: number;
  /** Where the samples begin. */
  readonly start: number;
}

function headOf(bytes: Buffer): Head {
  // Between the numbers lie blanks and comments to the end of their line; one blank ends the last.
  const gap = '(?:\\s|#[^\\n]*\\n)+';
  const pattern = new RegExp(`^P([2356])${gap}(\\d+)${gap}(\\d+)${gap}(\\d+)\\s`);
  const found = pattern.exec(bytes.toString('latin1', 0, 4096));
  if (!found) throw new Error('its header is damaged');
  const [kind, width, height, white] = found.slice(1).map(Number);
  if (width! < 1 || height! < 1 || white! < 1 || white! > 65535)
    throw new Error('its header is damaged');
  const channels = kind === 3 || kind === 6 ? 3 : 1;
  return {
    text: kind! < 4,
    channels,
    width: width!,
    height: height!,
    white: white!,
    start: found[0].length,
  };
}

function decode(bytes: Buffer): Pixels {
  const { text, start, ...picture } = headOf(bytes);
  const count = picture.width * picture.height * picture.channels;
  if (text) {
    const words =
      bytes
        .toString('latin1', start)
        .replace(/#[^\n]*/g, '')
        .match(/\d+/g) ?? [];
    if (words.length < count) throw new Error(`it ends after ${words.length} of ${count} samples`);
    return { ...picture, data: Float32Array.from(words.slice(0, count), Number) };
  }
  const type = picture.white > 255 ? numberTypes.u2 : numberTypes.u1;
  requireBytes(bytes, start + count * type.bytes);
  return { ...picture, data: readNumbers(bytes, start, count, type, false).data };
}
