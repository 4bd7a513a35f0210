import { decode } from 'bmp-ts';
import { type Format, requireBytes, withoutAlpha } from './format.js';

/** Windows bitmaps of 1 to 32 bits; grey ones have three equal channels, as their palettes do. */
export const bmp: Format = {
  recognises: (head) => head.toString('latin1', 0, 2) === 'BM',
  async sizeOf({ head }) {
    requireBytes(head, 26);
    // Rows from the top down are a negative height.
    return { width: head.readInt32LE(18), height: Math.abs(head.readInt32LE(22)), slices: 1 };
  },
  async decode(source) {
    const bytes = await source.bytes();
    // The decoder takes what is missing for black.
    requireBytes(bytes, bytes.readUInt32LE(2));
    const { width, height, data } = decode(bytes, { toRGBA: true });
    return { width, height: Math.abs(height), channels: 3, data: withoutAlpha(data), white: 255 };
  },
};
