import type { Summary } from '../../ablation/summary.js';
import { table } from '../table.js';
import { scoreTable } from './tables.js';

/** The scores for a terminal, and where the whole report is. */
export function printScores(summary: Summary): string {
  const { header, rows, notes } = scoreTable(summary);
  const cells = rows.map((row) => row.map(({ text }) => text));
  const { output } = summary.ablation;
  return [
    table(header, cells),
    ...notes,
    `report: ${output}/report.html, .md, .tex, .csv, .json`,
  ].join('\n');
}
