import sharp from 'sharp';
import { writeAtomically } from '../files.js';

/** Writes rows of 1 or 3 bytes a pixel as PNG. */
export async function writePng(
  path: string,
  data: Uint8Array,
  width: number,
  height: number,
): Promise<void> {
  const channels = data.length === width * height ? 1 : 3;
  const picture = sharp(data, { raw: { width, height, channels } });
  // Without being told, sharp stores grey values as colours.
  const stored = picture.toColourspace(channels === 1 ? 'b-w' : 'srgb').png();
  await writeAtomically(path, await stored.toBuffer());
}
