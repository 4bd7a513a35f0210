import sharp from 'sharp';
import type { Sample } from '../data/sample.js';
import { writeAtomically } from '../files.js';

type Colour = readonly [number, number, number];
const found: Colour = [40, 200, 90];
const invented: Colour = [230, 50, 50];
const missed: Colour = [60, 120, 255];

/** How much of the image stays visible below the colours. */
const dimmed = 0.55;

/**
 * The image, dimmed, with what was found in green, what was invented in red and what was missed in
 * blue.
 */
export function overlayOf(
  { image, mask, fov }: Sample,
  prediction: Float32Array,
  threshold: number,
): Uint8Array {
  const pixels = new Uint8Array(mask.data.length * 3);
  for (let i = 0; i < mask.data.length; i++) {
    const inside = !fov || fov.data[i] === 1;
    const predicted = inside && prediction[i] >= threshold;
    const drawn = inside && mask.data[i] === 1;
    const colour = predicted ? (drawn ? found : invented) : drawn ? missed : null;
    for (let c = 0; c < 3; c++) {
      const source = image.data[i * image.channels + Math.min(c, image.channels - 1)];
      pixels[i * 3 + c] = colour ? colour[c] : Math.round(source * dimmed);
    }
  }
  return pixels;
}

/** Probabilities as grey values; 0 outside the field of view, where nothing was trained. */
export const probabilityMap = ({ fov }: Sample, prediction: Float32Array): Uint8Array =>
  Uint8Array.from(prediction, (p, i) => (fov && fov.data[i] === 0 ? 0 : Math.round(p * 255)));

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
