import { decode } from 'bmp-ts';
import { type Format, requireBytes } from './format.js';

/** Windows bitmaps of 1 to 32 bits; one with a palette of greys has one channel. */
export const bmp: Format = {
  recognises: (head) => head.toString('latin1', 0, 2) === 'BM',
  async headerOf(source) {
    const { head } = source;
    requireBytes(head, 54);
    // Rows from the top down are a negative height.
    const size = { width: head.readInt32LE(18), height: Math.abs(head.readInt32LE(22)), slices: 1 };
    // Only the palette tells whether its colours are greys.
    const channels = head.readUInt16LE(28) > 8 ? 3 : (await this.decode(source, 0)).channels;
    return { ...size, channels, affine: null };
  },
  async decode(source) {
    const bytes = await source.bytes();
    // The decoder takes what is missing for black.
    requireBytes(bytes, bytes.readUInt32LE(2));
    // Alpha, blue, green, red: its other order holds for some depths only.
    const { width, height, data: stored, palette } = decode(bytes);
    const grey = palette?.every(({ red, green, blue }) => red === green && green === blue);
    const channels = grey ? 1 : 3;
    const data = new Float32Array(width * height * channels);
    for (let i = 0; i < data.length; i++) {
      data[i] = stored[Math.floor(i / channels) * 4 + 3 - (i % channels)]!;
    }
    return { width, height, channels, data, white: 255 };
  },
};
