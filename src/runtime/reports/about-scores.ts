import type { Report } from '../evaluation/evaluate-run.js';

/** Below a table of scores, a line each: which images, weights and threshold they are of, and how they are to be read. */
export function aboutScores(report: Report): string[] {
  return [
    imagesOf(report),
    weightsOf(report),
    ...ensembleOf(report),
    ...seenBefore(report),
    ...conventions(report),
    ...withoutPixels(report),
  ];
}

function imagesOf(report: Report): string {
  const { images, split, data, fieldsOfView, fieldsFound, postprocess, ...how } = report;
  const { source, root } = data;
  const which = `${images} ${split} image${images === 1 ? '' : 's'} of ${source}`;
  const parts = [root === null ? which : `${which} at ${root}`];
  if (fieldsFound) parts.push('inside the field of view found in each');
  else if (fieldsOfView === images) parts.push('inside the field of view');
  else if (fieldsOfView > 0) {
    parts.push(`inside the field of view in the ${fieldsOfView} of them that have one`);
  }
  const after = postprocess.length > 0 ? [`masks after ${postprocess.join(' and ')}`] : [];
  return [...parts, thresholdOf(how), ...after].join(', ');
}

function thresholdOf({
  threshold,
  thresholdFrom,
  classes,
}: Pick<Report, 'threshold' | 'thresholdFrom' | 'classes'>): string {
  if (classes.length > 0) return 'each pixel of its likeliest class';
  return thresholdFrom === 'fixed'
    ? `threshold ${threshold}`
    : `threshold ${threshold.toFixed(4)}, chosen on the validation images for F1`;
}

function weightsOf({ weights, checkpoint, settings }: Report): string {
  const { file, step, sha256 } = checkpoint;
  const parts = [`${weights} weights`, ...(step === null ? [] : [`step ${step}`]), file];
  // Those of the data are told by the images.
  const others = Object.entries(settings).filter(([key]) => !key.startsWith('data.'));
  const own = others
    .map(([key, value]) => `; ${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
  return `${parts.join(', ')}, SHA-256 ${sha256.slice(0, 12)}${own}`;
}

function ensembleOf({ ensemble }: Report): string[] {
  if (ensemble.length === 0) return [];
  const others = ensemble.map(({ file, sha256 }) => `${file}, SHA-256 ${sha256.slice(0, 12)}`);
  return [`probabilities averaged with those of ${others.join('; ')}`];
}

function seenBefore({ trainedOn, images, ensemble }: Report): string[] {
  if (trainedOn === 0) return [];
  const who = ensemble.length > 0 ? 'a run of the ensemble' : 'the run';
  return [
    `warning: ${who} was trained on ${trainedOn} of these ${images} images, which flatters the scores`,
  ];
}

/** What counts as what where there is nothing to divide by: told where it is in force and where it shows. */
function conventions({ empty, imagesInMean, images }: Report): string[] {
  if (empty === 'one') {
    return [
      'empty: one: SE, SP, precision, F1 and Jaccard count as 1 where there is nothing to divide by, HD95 as 0 where both masks are empty',
    ];
  }
  const isComplete = Object.values(imagesInMean).every((count) => count === images);
  return isComplete ? [] : ['-: nothing to divide by or to measure; such images are in no mean'];
}

/** Images that are listed and yet have no scores. */
function withoutPixels({ perImage }: Report): string[] {
  const ids = perImage.filter(({ ac }) => ac === null).map(({ id }) => id);
  if (ids.length === 0) return [];
  const shown = ids.slice(0, 3).join(', ');
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
  return [`no pixel in the field of view, so no scores: ${shown}${more}`];
}
