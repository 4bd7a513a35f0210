import { visible, visibleLines } from '../../../compiler/diagnostics/visible.js';
import type { Summary } from '../../ablation/summary.js';
import { type Measure, measureOf } from '../../metrics/measures.js';
import { linkOf } from '../link.js';
import { type Cell, notesOf, type ReportTable, score } from './cells.js';
import { exampleLegend, type PicturedExample } from './example-pictures.js';
import { comparisonTable, costTable, runTable, scoreTable } from './tables.js';

/** The report as Markdown. Its links lead to the runs' folders beside it. */
export function markdownReport(summary: Summary, examples: readonly PicturedExample[]): string {
  const { ablation, runs, failures } = summary;
  const tables = [
    scoreTable(summary),
    comparisonTable(summary, measureOf(ablation.metric)),
    costTable(summary),
    runTable(runs),
  ];
  const failed = failures.map(
    ({ run, during, status, lastLines }) =>
      `### ${run}\n\n\`netc ${during}\` ended with ${status ?? 'a signal'}:\n\n${fenced(lastLines)}`,
  );
  const sections = [
    `# ${escaped(ablation.name)}`,
    ...tables.map(markdownTable),
    ...exampleSections(examples, measureOf(ablation.metric)),
    ...(failed.length > 0 ? ['## Runs that failed', ...failed] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The examples as tables of one row, which renderers of Markdown show as pictures side by side. */
function exampleSections(examples: readonly PicturedExample[], measure: Measure): string[] {
  if (examples.length === 0) return [];
  const parts = examples.map(({ example: { rank, id, answers }, pictures }) => {
    const values = answers.map(
      ({ finished: { run }, value }) => `${run.variant} ${score(value, measure.digits)}`,
    );
    const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    return [
      `### ${escaped(`${id}, the ${rank}: ${measure.title} ${values.join(', ')}`)}`,
      [
        line(pictures.map(({ title }) => escaped(title))),
        line(pictures.map(() => '---')),
        line(pictures.map(({ title, path }) => `![${escaped(title)}](${linkOf(path)})`)),
      ].join('\n'),
    ].join('\n\n');
  });
  return ['## The same images', exampleLegend, ...parts];
}

/** Between fences that no line is. */
function fenced(lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []);
  const longest = Math.max(2, ...runs.map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines.map(visibleLines), fence].join('\n');
}

function markdownTable(reported: ReportTable): string {
  const { title, header, rows } = reported;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = line(header.map((_, i) => (i === 0 ? '---' : '---:')));
  const table = [
    line(header.map(escaped)),
    rule,
    ...rows.map((row) => line(row.map(markdownCell))),
  ];
  return [`## ${escaped(title)}`, ...notesOf(reported).map(escaped), table.join('\n')].join('\n\n');
}

/** A place in the page is none in this text: its runs are listed below. */
function markdownCell({ text, link, isBest }: Cell): string {
  const linked =
    link === undefined || link.startsWith('#')
      ? escaped(text)
      : `[${escaped(text)}](${linkOf(link)})`;
  return isBest ? `**${linked}**` : linked;
}

/** A text with all that Markdown and HTML would read as their own escaped, on one line. */
export const escaped = (text: string): string =>
  visible(text)
    .replace(/[\\`*_[\]<>|~#!&$]/g, '\\$&')
    // Renderers make links of addresses by themselves.
    .replace(/:(?=\/\/)|(?<=www)\.|@/g, '\\$&');
