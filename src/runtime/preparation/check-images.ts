import { channelProblem, channelsAfter } from '../data/channels.js';
import type { Dataset, Entry } from '../data/dataset.js';
import { sizeOf } from '../data/preprocess/resize.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';
import type { PreprocessOptions } from '../experiments/options/preprocess.js';
import type { SettingFacts } from '../experiments/setting-error.js';
import { type Geometry, patchBelow } from '../networks/geometry.js';

/** Checks by their headers that the images fit network and patches, before anything is trained. */
export function checkImages(
  { experiment: { patch, preprocess }, misfit }: LoadedExperiment,
  geometry: Geometry,
  { train, validation, test }: Dataset,
): void {
  const all = [...train, ...validation, ...test];
  const mixed = channelProblem(all, preprocess);
  const has = channelsAfter(all, preprocess);
  const [first] = all;
  if (mixed) misfit(['preprocess'], mixed);
  else if (first && has !== undefined && has !== geometry.channels) {
    const facts = { image: first.id, has, wanted: geometry.channels };
    misfit(['preprocess'], { kind: 'image', ...facts });
  }
  if (train.length > 0 && train.every(({ empty }) => empty))
    misfit(['data'], { kind: 'noForeground' });
  const cut = [...train, ...validation].flatMap((entry) => shownSize(entry, preprocess));
  const small = cut.filter(({ width, height }) => Math.min(width, height) < patch);
  if (small.length > 0) misfit(['patch'], smallImages(cut.length, small, patch, geometry));
}

type Shown = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
};

/** What size an image has after the steps; nothing where its header is not known. */
export function shownSize(
  { id, header }: Pick<Entry, 'id' | 'header'>,
  steps: PreprocessOptions,
): Shown[] {
  if (!header) return [];
  const step = steps.findLast((one) => 'resize' in one);
  if (!step || !('resize' in step)) return [{ id, ...header }];
  return [{ id, ...sizeOf(step.resize) }];
}

const lesser = ({ width, height }: Shown): number => Math.min(width, height);

/** One size that fits both the images and the network, or the least that the network takes. */
function smallImages(
  images: number,
  small: readonly Shown[],
  patch: number,
  geometry: Geometry,
): SettingFacts {
  const { roundUp, margin } = geometry;
  const smallest = small.reduce((a, b) => (lesser(b) < lesser(a) ? b : a));
  const [height, width] = roundUp(2 * margin + 1, 2 * margin + 1);
  return {
    kind: 'smallImages',
    ...{ images, small: small.length, patch, smallest },
    fits: patchBelow(lesser(smallest), geometry) ?? null,
    least: { height, width },
  };
}
