import { join } from 'node:path';
import type { NiftiGeometry } from '../data/formats/nifti-geometry.js';
import { niftiFile } from '../data/formats/write-nifti.js';
import { npyOf } from '../data/formats/write-npy.js';
import { sliceName } from '../data/slice-name.js';
import { writeAtomically } from '../files/disk.js';
import { writePng } from '../files/png.js';
import type { FovOrigin } from './fields-of-view.js';
import type { Input } from './inputs.js';
import { foregroundOf } from './maps.js';
import { namesOf } from './names.js';
import type { PredictedImage } from './predict-image.js';
import { type OnShare, type Prediction, predictSlice } from './predict-slice.js';
import { tinted, type WriteOptions } from './write-prediction.js';

export interface Volume {
  readonly geometry: NiftiGeometry;
  readonly slices: number;
}

/** The answers to all slices, from the first. */
interface VolumeMaps {
  readonly labels: readonly Uint8Array[];
  /** By class, then by slice. */
  readonly probabilities: readonly (readonly Float32Array[])[];
}

/**
 * Predicts a NIfTI file slice by slice and writes volumes that lie where it lies: the numbers of the classes as bytes, and
 * probabilities as float32; an overlay a slice. Throws `InputError` where it cannot be read or is not for the network.
 */
export async function predictVolume(
  prediction: Prediction,
  input: Input,
  volume: Volume,
  onShare: OnShare,
): Promise<PredictedImage> {
  const { slices, geometry } = volume;
  const { folder } = prediction.write;
  const exact = { ...prediction, maps: { ...prediction.maps, exact: true } };
  const labels: Uint8Array[] = [];
  const probabilities: Float32Array[][] = [];
  const overlay = join(
    folder,
    namesOf({ stem: input.stem, volume: true }, prediction.write).overlay,
  );
  let [found, all] = [0, 0];
  let origin: FovOrigin = 'none';
  for (let slice = 0; slice < slices; slice++) {
    const onOwn: OnShare = (share) => onShare((slice + share) / slices);
    const own = await predictSlice(exact, input, slice, onOwn);
    const { maps, view } = own;
    origin = own.origin;
    labels.push(maps.labels);
    for (const [k, map] of maps.probabilities.entries()) {
      probabilities[k] ??= [];
      probabilities[k].push(map as Float32Array);
    }
    const counts = foregroundOf(maps);
    found += counts.found;
    all += counts.all;
    const path = join(overlay, `${sliceName(slice, slices)}.png`);
    await writePng(path, tinted(view, maps.labels), maps.width, maps.height);
  }
  const files = await writeVolumes(
    input.stem,
    geometry,
    { labels, probabilities },
    prediction.write,
  );
  return {
    image: input.path,
    width: geometry.dims[1]!,
    height: geometry.dims[2]!,
    slices,
    foreground: found / Math.max(all, 1),
    fieldOfView: origin,
    files: { ...files, overlay },
  };
}

async function writeVolumes(
  stem: string,
  geometry: NiftiGeometry,
  { labels, probabilities }: VolumeMaps,
  options: WriteOptions,
) {
  const names = namesOf({ stem, volume: true }, options, probabilities.length);
  const files = {
    mask: join(options.folder, names.mask),
    probabilities: names.probabilities.map((name) => join(options.folder, name)),
  };
  await writeAtomically(files.mask, niftiFile(geometry, 'uint8', labels));
  const [, width, height] = geometry.dims;
  for (const [k, slices] of probabilities.entries()) {
    const bytes =
      options.probabilities === 'npy'
        ? npyOf([slices.length, height!, width!], slices)
        : niftiFile(geometry, 'float32', slices);
    await writeAtomically(files.probabilities[k]!, bytes);
  }
  return files;
}
