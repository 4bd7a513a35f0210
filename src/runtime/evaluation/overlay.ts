import { join } from 'node:path';
import { judged, type Sample } from '../data/sample.js';
import { viewOf } from '../data/view.js';
import type { PostprocessStep } from '../experiments/options/evaluation.js';
import { writePng } from '../files/png.js';
import { labelsOf } from '../prediction/labels.js';
import { postprocessed } from '../prediction/postprocess/postprocess.js';
import { probabilityMap } from '../prediction/probability-map.js';
import { mapFile, overlayFile } from '../runs/layout.js';
import { type Colour, dimmed, overlayColours } from './overlay-colours.js';

const { truePositive, falsePositive, falseNegative, confused } = overlayColours;

/** What the colours mean. */
export const overlayLegend =
  'Green: true positives. Red: false positives. Blue: false negatives. Yellow: another class.';

/**
 * The image, dimmed, with true positives in green, false positives in red, false negatives in blue and what was taken for
 * another class in yellow: what `overlayLegend` says.
 */
export function overlayOf(
  sample: Sample,
  prediction: Float32Array,
  threshold: number,
  postprocess: readonly PostprocessStep[] = [],
): Uint8Array {
  const { mask, fov } = sample;
  const image = viewOf(sample.image);
  const counts = judged(sample);
  const raw = labelsOf(prediction, mask.data.length, threshold);
  const labels = postprocessed(raw, mask.width, mask.height, postprocess, fov?.data);
  const pixels = new Uint8Array(mask.data.length * 3);
  for (let i = 0; i < mask.data.length; i++) {
    const colour = counts?.[i] !== 0 ? colourOf(mask.data[i]!, labels[i]!) : null;
    for (let c = 0; c < 3; c++) {
      const source = image.data[i * image.channels + (image.channels === 3 ? c : 0)]!;
      pixels[i * 3 + c] = colour ? colour[c]! : Math.round(source * dimmed);
    }
  }
  return pixels;
}

function colourOf(truth: number, predicted: number): Colour | null {
  if (predicted === truth) return truth === 0 ? null : truePositive;
  if (predicted === 0) return falseNegative;
  return truth === 0 ? falsePositive : confused;
}

/** Writes the map and the overlay of a sample, named by it, into a folder of scores. */
export async function writePictures(
  folder: string,
  sample: Sample,
  prediction: Float32Array,
  threshold: number,
  postprocess: readonly PostprocessStep[],
): Promise<void> {
  const { width, height } = sample.image;
  const write = (file: string, data: Uint8Array): Promise<void> =>
    writePng(join(folder, file), data, width, height);
  await Promise.all([
    write(mapFile(sample.id), probabilityMap(sample, prediction)),
    write(overlayFile(sample.id), overlayOf(sample, prediction, threshold, postprocess)),
  ]);
}
