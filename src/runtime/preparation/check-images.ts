import { channelProblem, channelsAfter } from '../data/channels.js';
import type { Dataset, Entry } from '../data/dataset.js';
import { sizeOf } from '../data/preprocess/resize.js';
import type { PreprocessOptions } from '../data/preprocess/steps.js';
import { misfit } from '../data/preprocess.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';
import { type Geometry, patchBelow } from '../networks/geometry.js';

/** Checks by their headers that the images fit network and patches, before anything is trained. */
export function checkImages(
  { experiment: { patch, preprocess }, object }: LoadedExperiment,
  geometry: Geometry,
  { train, validation, test }: Dataset,
): void {
  const all = [...train, ...validation, ...test];
  const mixed = channelProblem(all, preprocess);
  const has = channelsAfter(all, preprocess);
  if (mixed) object(['preprocess'], mixed);
  else if (has !== undefined && has !== geometry.channels) {
    const { message, way } = misfit(has, geometry.channels);
    object(['preprocess'], { message: `image ${all[0].id} ${message}`, way });
  }
  if (train.length > 0 && train.every(({ empty }) => empty)) {
    object(['data'], {
      message: 'no mask of the training images has a pixel of foreground',
      way: 'divide the images in another way, or look at the masks by `netc data check`',
    });
  }
  const cut = [...train, ...validation].flatMap((entry) => shownSize(entry, preprocess));
  const small = cut.filter(({ width, height }) => Math.min(width, height) < patch);
  if (small.length > 0) object(['patch'], patchAdvice(cut.length, small, patch, geometry));
}

interface Shown {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** What size an image has after the steps; nothing where its header is not known. */
function shownSize(
  { id, header }: Pick<Entry, 'id' | 'header'>,
  steps: PreprocessOptions,
): Shown[] {
  if (!header) return [];
  const step = steps.findLast((one) => 'resize' in one);
  if (!step || !('resize' in step)) return [{ id, ...header }];
  return [{ id, ...sizeOf(step.resize) }];
}

const lesser = ({ width, height }: Shown): number => Math.min(width, height);

/** One size that fits both the images and the network, or what else would do. */
function patchAdvice(all: number, small: readonly Shown[], patch: number, geometry: Geometry) {
  const { roundUp, margin } = geometry;
  const least = small.reduce((a, b) => (lesser(b) < lesser(a) ? b : a));
  const message = `${small.length} of ${all} images are smaller than the patch of ${patch}x${patch}, the smallest ${least.id} with ${least.width}x${least.height}`;
  const fits = patchBelow(lesser(least), geometry);
  if (fits !== undefined) return { message, way: `write \`patch: ${fits}\``, text: `${fits}` };
  const [height, width] = roundUp(2 * margin + 1, 2 * margin + 1);
  return {
    message,
    way: `the network takes no patch below ${height}x${width}: enlarge the images by the step \`resize\`, or take a network that halves them less often`,
  };
}
