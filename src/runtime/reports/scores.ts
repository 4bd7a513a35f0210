import type { Report } from '../evaluation/evaluate-run.js';
import type { Metrics } from '../evaluation/score.js';
import { table } from './table.js';

/** Title, measure, and digits after the point. */
const columns: readonly (readonly [string, keyof Metrics, number])[] = [
  ['AC', 'ac', 4],
  ['SE', 'se', 4],
  ['SP', 'sp', 4],
  ['precision', 'precision', 4],
  ['F1', 'f1', 4],
  ['Jaccard', 'jaccard', 4],
  ['ROC AUC', 'rocAuc', 4],
  ['PR AUC', 'prAuc', 4],
  ['ECE', 'ece', 4],
  ['HD95', 'hd95', 2],
];

const header = ['', ...columns.map(([title]) => title)];

const row = (name: string, metrics: Metrics): string[] => [
  name,
  ...columns.map(([, key, digits]) => metrics[key]?.toFixed(digits) ?? '-'),
];

/** The scores as people read them. */
export function printReport(report: Report, { perImage }: { perImage: boolean }): string {
  const { model, metrics, mean, classes, baselines } = report;
  const rows = [
    row(`${model}, pooled over pixels`, metrics),
    row(`${model}, mean over images`, mean),
    ...classes.flatMap((one) => [
      row(`${one.name}, pooled`, one.metrics),
      row(`${one.name}, mean`, one.mean),
    ]),
    ...baselines.map((one) => row(`${one.name}, pooled`, one.metrics)),
  ];
  const images = report.perImage.map((image) => row(image.id, image));
  return [
    table(header, rows),
    ...(perImage ? ['', table(header, images)] : []),
    `${about(report)}, inside the field of view`,
  ].join('\n');
}

function about(report: Report): string {
  const { postprocess } = report;
  const after = postprocess.length === 0 ? '' : `, masks after ${postprocess.join(' and ')}`;
  return `${labelled(report)}${after}`;
}

function labelled({ images, split, weights, threshold, thresholdFrom, classes }: Report): string {
  const which = `${images} ${split} image${images === 1 ? '' : 's'}, ${weights} weights`;
  if (classes.length > 0) return `${which}, each pixel of its likeliest class`;
  const how =
    thresholdFrom === 'fixed'
      ? `threshold ${threshold}`
      : `threshold ${threshold.toFixed(4)}, chosen on the validation images for F1`;
  return `${which}, ${how}`;
}
