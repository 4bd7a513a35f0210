import { measures } from '../../ablation/metrics.js';
import type { Summary } from '../../ablation/summary.js';
import type { Cell, ReportTable } from './cells.js';
import { comparisonTable, costTable, runTable, scoreTable } from './tables.js';

/** The report as Markdown. Its links lead to the runs' folders beside it. */
export function markdownReport(summary: Summary): string {
  const { ablation, runs, failures } = summary;
  const compared = measures.filter(({ key }) => key === ablation.metric);
  const tables = [
    scoreTable(summary),
    ...compared.map((measure) => comparisonTable(summary, measure)),
    costTable(summary),
    runTable(runs),
  ];
  const failed = failures.map(
    ({ run, during, status, lastLines }) =>
      `### ${run}\n\n\`netc ${during}\` ended with ${status ?? 'a signal'}:\n\n${fenced(lastLines)}`,
  );
  const sections = [
    `# ${ablation.name}`,
    ...tables.map(markdownTable),
    ...(failed.length > 0 ? ['## Runs that failed', ...failed] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

const fenced = (lines: readonly string[]): string => ['```text', ...lines, '```'].join('\n');

function markdownTable({ title, notes, header, rows }: ReportTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = line(header.map((_, i) => (i === 0 ? '---' : '---:')));
  const table = [
    line(header.map(escaped)),
    rule,
    ...rows.map((row) => line(row.map(markdownCell))),
  ];
  return [`## ${title}`, ...notes, table.join('\n')].join('\n\n');
}

/** A place in the page is none in this text: its runs are listed below. */
const markdownCell = ({ text, link }: Cell): string =>
  link === undefined || link.startsWith('#') ? escaped(text) : `[${escaped(text)}](${link})`;

const escaped = (text: string): string => text.replaceAll('|', '\\|');
