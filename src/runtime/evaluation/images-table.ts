import { csv } from '../files/csv.js';
import { metricKeys } from '../metrics/agreement.js';
import type { Report } from './evaluate-run.js';

/**
 * A line an image: its scores, empty where undefined, and, the same in each line, what they are of, so that
 * tables of several evaluations can be put below one another.
 */
export function imagesTable(report: Report): string {
  const { run, split, data, weights, checkpoint, threshold, empty, classes } = report;
  const subject = {
    run,
    split,
    source: data.source,
    root: data.root,
    weights,
    checkpoint: checkpoint.file,
    step: checkpoint.step,
    sha256: checkpoint.sha256,
    threshold: classes.length > 0 ? null : threshold,
    empty,
  };
  const same = Object.values(subject);
  return csv([
    ['image', ...metricKeys, ...Object.keys(subject)],
    ...report.perImage.map((image) => [image.id, ...metricKeys.map((key) => image[key]), ...same]),
  ]);
}
