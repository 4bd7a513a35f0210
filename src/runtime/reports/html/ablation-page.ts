import { type Measure, measures } from '../../ablation/metrics.js';
import type { FinishedRun, Summary } from '../../ablation/summary.js';
import type { ReportTable } from '../ablation/cells.js';
import {
  anchorOf,
  comparisonTable,
  costTable,
  runPage,
  runTable,
  scoreTable,
} from '../ablation/tables.js';
import { lossChart, type NamedRun, prChart, rocChart, validationChart } from '../charts/curves.js';
import { type ChartSpec, escapeXml, renderChart } from '../charts/render-chart.js';
import { overlayFigure, overlaysOf } from './overlays.js';
import { chartFigures, htmlTable, notes, page, section } from './page.js';

/** The report as one page that needs nothing else; its links lead to the runs beside it. */
export async function ablationPage(summary: Summary): Promise<string> {
  const { ablation, runs, failures } = summary;
  const named = runs.map(({ run, record }) => ({ name: run.variant, run: run.name, record }));
  const done = `${runs.length} of ${ablation.runs.length} runs`;
  const parts = [
    `<h1>${escapeXml(ablation.name)}</h1>`,
    `<p class="note">${ablation.variants.length} variants, ${done}. Every figure leads to the run that made it.</p>`,
    tableSection(scoreTable(summary)),
    comparisons(summary),
    await charts('ROC and precision-recall curves', named, [rocChart, prChart]),
    await overlays(summary),
    await charts('Training', named, [lossChart, validationChart]),
    tableSection(costTable(summary)),
    section('Runs', runTables(summary)),
    failures.length > 0 ? section('Runs that failed', failed(summary)) : '',
  ];
  return page(`${ablation.name}: ablation`, parts.filter((part) => part !== '').join('\n'));
}

const tableSection = (table: ReportTable): string =>
  section(table.title, `${notes(table.notes)}\n${htmlTable(table)}`);

/** The measure of the ablation, and the others folded. */
function comparisons(summary: Summary): string {
  const { metric } = summary.ablation;
  const one = (measure: Measure): ReportTable => comparisonTable(summary, measure);
  const [chosen] = measures.filter(({ key }) => key === metric).map(one);
  const folded = measures
    .filter(({ key }) => key !== metric)
    .map(one)
    .map(
      (table) =>
        `<details><summary>${escapeXml(table.title)}</summary>${htmlTable(table)}</details>`,
    );
  return section(chosen.title, [notes(chosen.notes), htmlTable(chosen), ...folded].join('\n'));
}

async function charts(
  title: string,
  runs: readonly NamedRun[],
  of: readonly ((runs: readonly NamedRun[]) => ChartSpec | undefined)[],
): Promise<string> {
  const svgs: string[] = [];
  for (const chart of of) {
    const spec = chart(runs);
    if (spec) svgs.push(await renderChart(spec));
  }
  return svgs.length === 0 ? '' : section(title, chartFigures(svgs));
}

/** The pictures of each variant's first run. */
async function overlays({ ablation, runs }: Summary): Promise<string> {
  const { title } = measures.find(({ key }) => key === ablation.metric)!;
  const parts: string[] = [];
  for (const variant of ablation.variants) {
    const first = runs.find(({ run }) => run.variant === variant);
    const found = first ? await overlaysOf(first.record, ablation.metric) : [];
    if (!first || found.length === 0) continue;
    const link = runPage(first.run.name);
    const figures = found.map((overlay) => overlayFigure(overlay, variant, title, link));
    parts.push(`<h3>${escapeXml(variant)}</h3>\n<div class="overlays">${figures.join('\n')}</div>`);
  }
  const legend = notes([
    'Green: found. Red: invented. Blue: missed. Of the first run of each variant.',
  ]);
  return parts.length === 0
    ? ''
    : section('Best, median and worst image', [legend, ...parts].join('\n'));
}

function runTables({ ablation, runs }: Summary): string {
  const of = (variant: string): FinishedRun[] => runs.filter(({ run }) => run.variant === variant);
  return ablation.variants
    .filter((variant) => of(variant).length > 0)
    .map((variant) => {
      const table = { ...runTable(of(variant)), title: `Runs of ${variant}` };
      return `<section id="${anchorOf(variant)}"><h3>${escapeXml(variant)}</h3>${htmlTable(table)}</section>`;
    })
    .join('\n');
}

const failed = ({ failures }: Summary): string =>
  failures
    .map(({ run, during, status, lastLines }) => {
      const what = `netc ${during} ended with ${status ?? 'a signal'}`;
      const text = escapeXml(lastLines.join('\n'));
      return `<h3>${escapeXml(run)}</h3><p class="note">${what}</p><pre>${text}</pre>`;
    })
    .join('\n');
