import type { Summary } from '../../ablation/summary.js';
import { table } from '../table.js';
import { notesOf } from './cells.js';
import { scoreTable } from './tables.js';

/** The scores for a terminal, and where the whole report is. */
export function printScores(summary: Summary): string {
  const scores = scoreTable(summary);
  const { header, rows } = scores;
  // The mark stands left of the figure, so that points stay below each other.
  const cells = rows.map((row) => row.map(({ text, isBest }) => (isBest ? `*${text}` : text)));
  const { output } = summary.ablation;
  return [
    table(header, cells),
    ...notesOf(scores, '*'),
    `report: ${output}/report.html, .md, .tex, .csv, .json`,
  ].join('\n');
}
