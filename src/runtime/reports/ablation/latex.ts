import { visible } from '../../../compiler/diagnostics/visible.js';
import type { Summary } from '../../ablation/summary.js';
import { measureOf } from '../../metrics/measures.js';
import { type Cell, notesOf, type ReportTable } from './cells.js';
import { comparisonTable, costTable, paperTable, scoreTable } from './tables.js';

/**
 * The tables for a paper: scores, those of the paper, the comparison by the ablation's measure, costs. They need the package
 * booktabs.
 */
export function latexReport(summary: Summary): string {
  const { ablation, variants } = summary;
  const { name, metric, paper } = ablation;
  const tables: readonly (readonly [string, ReportTable])[] = [
    ['scores', scoreTable({ ...summary, ablation: { ...ablation, paper: null } })],
    ...(paper === null ? [] : [['paper', paperTable(paper, variants)] as const]),
    ['comparison', comparisonTable(summary, measureOf(metric))],
    ['costs', costTable(summary)],
  ];
  const label = (part: string): string => `tab:${name.replace(/[^A-Za-z0-9-]+/g, '-')}-${part}`;
  return [
    '% \\usepackage{booktabs}',
    ...tables.map(([part, table]) => latexTable(table, label(part))),
  ].join('\n\n');
}

function latexTable(table: ReportTable, label: string): string {
  const { title, header, rows } = table;
  const line = (cells: readonly string[]): string => `    ${cells.join(' & ')} \\\\`;
  return `\\begin{table*}
  \\centering
  \\scriptsize
  \\setlength{\\tabcolsep}{2pt}
  \\caption{${[`${title}.`, ...notesOf(table)].map(latexText).join(' ')}}
  \\label{${label}}
  \\begin{tabular}{l${'r'.repeat(header.length - 1)}}
    \\toprule
${line(header.map(latexText))}
    \\midrule
${rows.map((row) => line(row.map(latexCell))).join('\n')}
    \\bottomrule
  \\end{tabular}
\\end{table*}
`;
}

/** A figure close to its spread: a page has no room for their distance. */
function latexCell({ text, isBest }: Cell): string {
  const tight = latexText(text.replace(' ± ', '±'));
  return isBest ? `\\textbf{${tight}}` : tight;
}

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
  visible(text)
    .replace(/[\\~^<>±−–"&%$#_{}]/g, (letter) => escapes[letter] ?? `\\${letter}`)
    .replace(/''(.*?)''/g, "``$1''");
