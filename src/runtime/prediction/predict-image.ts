import { answersTo } from './answers.js';
import type { FovOrigin } from './fields-of-view.js';
import type { Input } from './inputs.js';
import { foregroundOf, type Size } from './maps.js';
import { type OnShare, type Prediction, predictSlice } from './predict-slice.js';
import { predictVolume } from './predict-volume.js';
import { type PredictedFiles, writePrediction } from './write-prediction.js';

/** What `netc predict` says of an image, of a volume, or of one slice of a file of several pages. */
export interface PredictedImage extends Size {
  readonly image: string;
  /** From 0; absent where the file is one picture, or is answered as one volume. */
  readonly slice?: number;
  /** How many a volume has; absent elsewhere. */
  readonly slices?: number;
  /** The share of the pixels, inside the field of view, that are of a foreground class. */
  readonly foreground: number;
  readonly fieldOfView: FovOrigin;
  readonly files: PredictedFiles;
}

/**
 * Predicts the image, or each slice of it, and writes the answers: of a NIfTI file one volume, of other files of several pages
 * pictures, one a page. Throws `InputError` where it cannot be read or is not for the network.
 */
export async function predictImage(
  prediction: Prediction,
  input: Input,
  onShare: OnShare,
): Promise<readonly PredictedImage[]> {
  const { slices, geometry, named } = await answersTo(input, prediction.size);
  if (geometry) {
    return [await predictVolume(prediction, input, { geometry, slices }, onShare)];
  }
  const images: PredictedImage[] = [];
  for (let slice = 0; slice < slices; slice++) {
    const onOwn = (share: number): void => onShare((slice + share) / slices);
    const { maps, view, origin } = await predictSlice(prediction, input, slice, onOwn);
    const files = await writePrediction(named[slice]!, view, maps, prediction.write);
    const { found, all } = foregroundOf(maps);
    images.push({
      image: input.path,
      ...(slices > 1 && { slice }),
      width: maps.width,
      height: maps.height,
      foreground: found / Math.max(all, 1),
      fieldOfView: origin,
      files,
    });
  }
  return images;
}
