import type { Dataset } from '../data/dataset.js';

/** That a part has no images with ground truth, and what to do instead. */
export function nothingToScore(
  dataset: Pick<Dataset, 'train' | 'validation' | 'test' | 'unlabelled'>,
  part: 'test' | 'validation',
): string {
  const other = part === 'test' ? 'validation' : 'test';
  const { length } = dataset.unlabelled;
  const ways = [
    ...(dataset[other].length > 0 ? [`score those with --split ${other}`] : []),
    'train on folds and test on each in turn, with data.split: {kind: folds, folds: 5, fold: 1}',
    ...(length > 0 ? [`segment the ${length} images without ground truth with netc predict`] : []),
  ];
  return `the dataset has no ${part} images with ground truth: ${ways.join(', or ')}`;
}
