import type { Report } from '../evaluation/evaluate-run.js';
import type { Metrics } from '../evaluation/score.js';
import { table } from './table.js';

const columns: readonly (readonly [string, keyof Metrics])[] = [
  ['AC', 'ac'],
  ['SE', 'se'],
  ['SP', 'sp'],
  ['precision', 'precision'],
  ['F1', 'f1'],
  ['Jaccard', 'jaccard'],
  ['ROC AUC', 'rocAuc'],
  ['PR AUC', 'prAuc'],
];

const row = (name: string, metrics: Metrics): string[] => [
  name,
  ...columns.map(([, key]) => metrics[key]?.toFixed(4) ?? '-'),
];

/** The scores as people read them. */
export function printReport(report: Report): string {
  const header = ['', ...columns.map(([title]) => title)];
  const rows = [
    row(`${report.model}, pooled over pixels`, report.metrics),
    row(`${report.model}, mean over images`, report.mean),
    ...report.baselines.map(({ name, metrics }) => row(`${name}, pooled`, metrics)),
  ];
  return `${table(header, rows)}\n${report.images} images, threshold ${report.threshold}, inside the field of view`;
}
