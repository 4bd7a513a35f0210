import { cachedReading } from '../../data/batches/training-images.js';
import { judged, type Sample } from '../../data/sample.js';
import { InputError } from '../../errors/errors.js';
import type { ValidationMetric } from '../../experiments/options/training.js';
import type { Prepared } from '../../preparation/prepare.js';
import { columnOf, eachPatches } from './patches.js';

/** Of how many of the two, foreground and background, a metric needs pixels. */
const needs: Readonly<Record<ValidationMetric, 'any' | 'foreground' | 'both'>> = {
  loss: 'any',
  ac: 'any',
  f1: 'foreground',
  jaccard: 'foreground',
  rocAuc: 'both',
  prAuc: 'both',
};

/**
 * Throws `InputError` where the metric that validation goes by has nothing to divide by on its images: F1 is then 0 as soon as
 * there is a false positive and undefined until then, so that the worse network would count as the best. It reads no further than
 * the first images that will do.
 */
export async function requireScorable(prepared: Prepared): Promise<void> {
  const { experiment, dataset } = prepared;
  const { every, metric } = experiment.validation;
  const needed = needs[metric];
  if (every === null || needed === 'any') return;
  const labels = new Set<number>();
  for await (const sample of validated(prepared)) {
    addLabels(labels, sample);
    const others = labels.size - (labels.has(0) ? 1 : 0);
    if (others > 0 && (needed === 'foreground' || labels.size > 1)) return;
  }
  const which = dataset.validation.length > 0 ? 'validation images' : 'validation patches';
  const what = [...labels].some((label) => label > 0) ? 'no background' : 'no foreground';
  const ways =
    dataset.validation.length > 0
      ? 'keep others for validation by data.split'
      : 'raise validation.patches';
  throw new InputError(
    `the ground truth of the ${which} has ${what}, so their ${metric} says nothing: set validation.metric to loss, or ${ways}`,
  );
}

/** What scores will be of: whole images that are kept for it, else patches. */
async function* validated(prepared: Prepared): AsyncGenerator<Sample> {
  const { experiment, network, dataset } = prepared;
  const { data, preprocess, patch, batch } = experiment;
  if (dataset.validation.length > 0) {
    const read = cachedReading(data, preprocess);
    for (const entry of dataset.validation) yield await read(entry);
    return;
  }
  for await (const patches of eachPatches(prepared)) {
    yield columnOf('patches', patches, network.geometry, patch, batch);
  }
}

function addLabels(labels: Set<number>, sample: Sample): void {
  const counts = judged(sample);
  for (const [i, label] of sample.mask.data.entries()) if (counts?.[i] !== 0) labels.add(label);
}
