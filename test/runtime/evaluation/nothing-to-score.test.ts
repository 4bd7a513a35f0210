import { expect, it } from 'vitest';
import type { Entry } from '../../../src/runtime/data/dataset.js';
import { nothingToScore } from '../../../src/runtime/evaluation/nothing-to-score.js';

const entries = (count: number): Entry[] =>
  Array.from({ length: count }, (_, i) => ({
    id: String(i),
    group: null,
    files: null,
    read: () => Promise.reject(new Error('not to be read')),
  }));

it('an empty part says what can be done instead', () => {
  const none = { train: entries(3), validation: [], test: [], unlabelled: [] };
  const folds =
    'train on folds and test on each in turn, with data.split: {kind: folds, folds: 5, fold: 1}';
  expect(nothingToScore(none, 'test')).toBe(
    `the dataset has no test images with ground truth: ${folds}`,
  );
  expect(nothingToScore({ ...none, validation: entries(2), unlabelled: entries(20) }, 'test')).toBe(
    `the dataset has no test images with ground truth: score those with --split validation, or ${folds}, or segment the 20 images without ground truth with netc predict`,
  );
  expect(nothingToScore({ ...none, test: entries(2) }, 'validation')).toContain('--split test, or');
});
