import { visible } from '../../../compiler/diagnostics/visible.js';
import type { FinishedRun, Summary } from '../../ablation/summary.js';
import { type Measure, measureOf, measures } from '../../metrics/measures.js';
import { notesOf, type ReportTable, score } from '../ablation/cells.js';
import { exampleLegend, type PicturedExample } from '../ablation/example-pictures.js';
import { anchorOf, comparisonTable, costTable, runTable, scoreTable } from '../ablation/tables.js';
import { lossChart, type NamedRun, prChart, rocChart, validationChart } from '../charts/curves.js';
import { type ChartSpec, escapeXml, renderChart } from '../charts/render-chart.js';
import { linkOf } from '../link.js';
import { dataUri } from './overlays.js';
import { chartFigures, htmlTable, notes, page, section } from './page.js';

/** The report as one page that needs nothing else; its links lead to the runs beside it. */
export async function ablationPage(
  summary: Summary,
  examples: readonly PicturedExample[],
): Promise<string> {
  const { ablation, runs, failures } = summary;
  const named = runs.map(({ run, record }) => ({
    name: visible(run.variant),
    run: run.name,
    seed: `seed ${run.seed}`,
    record,
  }));
  const done = `${runs.length} of ${ablation.runs.length} runs`;
  const parts = [
    `<h1>${escapeXml(ablation.name)}</h1>`,
    `<p class="note">${ablation.variants.length} variants, ${done}. Every figure leads to the run that made it.</p>`,
    tableSection(scoreTable(summary)),
    comparisons(summary),
    await charts('ROC and precision-recall curves', named, [rocChart, prChart]),
    await examplesSection(examples, measureOf(ablation.metric)),
    await charts('Training', named, [lossChart, validationChart]),
    tableSection(costTable(summary)),
    section('Runs', runTables(summary)),
    failures.length > 0 ? section('Runs that failed', failed(summary)) : '',
  ];
  return page(`${ablation.name}: ablation`, parts.filter((part) => part !== '').join('\n'));
}

const tableSection = (table: ReportTable): string =>
  section(table.title, `${notes(notesOf(table))}\n${htmlTable(table)}`);

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
  return section(
    chosen!.title,
    [notes(notesOf(chosen!)), htmlTable(chosen!), ...folded].join('\n'),
  );
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

/** A row an image: itself, its ground truth, and what each variant made of it. */
async function examplesSection(
  examples: readonly PicturedExample[],
  measure: Measure,
): Promise<string> {
  const rows = await Promise.all(examples.map((example) => exampleRow(example, measure)));
  return rows.length === 0
    ? ''
    : section('The same images', [notes([exampleLegend]), ...rows].join('\n'));
}

async function exampleRow(
  { example: { rank, id, answers }, pictures }: PicturedExample,
  { title: measured, digits }: Measure,
): Promise<string> {
  const values = new Map(answers.map(({ finished: { run }, value }) => [run.variant, value]));
  const figures = pictures.map(async ({ title, path, png }) => {
    const value = values.get(title);
    const caption = value === undefined ? title : `${title}, ${measured} ${score(value, digits)}`;
    const alt = `${title} of image ${id}, the ${rank}`;
    return `<figure><a href="${linkOf(path)}"><img src="${await dataUri(png)}" alt="${escapeXml(alt)}"></a><figcaption>${escapeXml(caption)}</figcaption></figure>`;
  });
  const row = (await Promise.all(figures)).join('\n');
  return `<h3>${escapeXml(`${rank}: ${id}`)}</h3>\n<div class="examples">${row}</div>`;
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
