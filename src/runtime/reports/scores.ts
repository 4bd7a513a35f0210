import type { Report } from '../evaluation/evaluate-run.js';
import { type Counts, countsOf } from '../metrics/agreement.js';
import type { Metrics } from '../metrics/score.js';
import { aboutScores } from './about-scores.js';
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

/** Below a mean: of how many it is, where these are fewer than all; no row where nothing is left out. */
function countRow(of: string, counts: Counts, all: number): string[][] {
  if (columns.every(([, key]) => counts[key] === all)) return [];
  const cells = columns.map(([, key]) => (counts[key] === all ? '' : String(counts[key])));
  return [[`  ${of} that count, of ${all}`, ...cells]];
}

/** The scores as people read them. */
export function printReport(report: Report, { perImage }: { perImage: boolean }): string {
  const { model, metrics, mean, imagesInMean, classes, baselines, images } = report;
  const ofClasses = countsOf(classes.map((one) => one.metrics));
  const rows = [
    row(`${model}, pooled over pixels`, metrics),
    ...countRow('classes', ofClasses, classes.length),
    row(`${model}, mean over images`, mean),
    ...countRow('images', imagesInMean, images),
    ...classes.flatMap((one) => [
      row(`${one.name}, pooled`, one.metrics),
      row(`${one.name}, mean`, one.mean),
      ...countRow('images', one.imagesInMean, images),
    ]),
    ...baselines.map((one) => row(`${one.name}, pooled`, one.metrics)),
  ];
  const own = report.perImage.map((image) => row(image.id, image));
  return [
    table(header, rows),
    ...(perImage ? ['', table(header, own)] : []),
    ...aboutScores(report),
  ].join('\n');
}
