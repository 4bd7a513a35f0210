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
  await writeAtomically(path, await picture.png().toBuffer());
}
