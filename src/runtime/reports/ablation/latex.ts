import { measureOf } from '../../ablation/metrics.js';
import type { Summary } from '../../ablation/summary.js';
import type { Cell, ReportTable } from './cells.js';
import { comparisonTable, costTable, scoreTable } from './tables.js';

/** The tables for a paper: scores, the comparison by the ablation's measure, costs. They need the package booktabs. */
export function latexReport(summary: Summary): string {
  const { name, metric } = summary.ablation;
  const tables: readonly (readonly [string, ReportTable])[] = [
    ['scores', scoreTable(summary)],
    ['comparison', comparisonTable(summary, measureOf(metric))],
    ['costs', costTable(summary)],
  ];
  const label = (part: string): string => `tab:${name.replace(/[^A-Za-z0-9-]+/g, '-')}-${part}`;
  return [
    '% \\usepackage{booktabs}',
    ...tables.map(([part, table]) => latexTable(table, label(part))),
  ].join('\n\n');
}

function latexTable({ title, notes, header, rows }: ReportTable, label: string): string {
  const line = (cells: readonly string[]): string => `    ${cells.join(' & ')} \\\\`;
  return `\\begin{table}
  \\centering
  \\caption{${[`${title}.`, ...notes].map(latexText).join(' ')}}
  \\label{${label}}
  \\begin{tabular}{l${'r'.repeat(header.length - 1)}}
    \\toprule
${line(header.map(latexText))}
    \\midrule
${rows.map((row) => line(row.map(latexCell))).join('\n')}
    \\bottomrule
  \\end{tabular}
\\end{table}
`;
}

const latexCell = ({ text, isBest }: Cell): string =>
  isBest ? `\\textbf{${latexText(text)}}` : latexText(text);

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '$<$',
  '>': '$>$',
  '±': '$\\pm$',
  '−': '$-$',
  '–': '--',
  '"': "''",
};

/** A text with all that LaTeX would read as its own escaped. */
export const latexText = (text: string): string =>
  text
    .replace(/[\\~^<>±−–"&%$#_{}]/g, (letter) => escapes[letter] ?? `\\${letter}`)
    .replace(/''(.*?)''/g, "``$1''");
