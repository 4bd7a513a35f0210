import sharp from 'sharp';
import { writeAtomically } from './disk.js';

/** Rows of 1 or 3 bytes a pixel as PNG. */
export function pngOf(data: Uint8Array, width: number, height: number): Promise<Buffer> {
  const channels = data.length === width * height ? 1 : 3;
  const picture = sharp(data, { raw: { width, height, channels } });
  // Without being told, sharp stores grey values as colours.
  return picture
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
}

export const writePng = async (
  path: string,
  data: Uint8Array,
  width: number,
  height: number,
): Promise<void> => writeAtomically(path, await pngOf(data, width, height));
