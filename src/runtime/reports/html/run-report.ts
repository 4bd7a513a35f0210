import { basename, join } from 'node:path';
import { measures } from '../../ablation/metrics.js';
import { writeAtomically } from '../../files.js';
import { plain, score } from '../ablation/cells.js';
import { lossChart, prChart, rocChart, validationChart } from '../charts/curves.js';
import { type ChartSpec, escapeXml, renderChart } from '../charts/render-chart.js';
import { type RunRecord, readRun, type Scored } from '../run-record.js';
import { overlayFigure, overlaysOf } from './overlays.js';
import { chartFigures, htmlTable, notes, page, section } from './page.js';

const named = (name: string, record: RunRecord) => [{ name, run: name, record }];

const isThere = (spec: ChartSpec | undefined): spec is ChartSpec => spec !== undefined;

/** Writes `curves.svg` into a run's folder: training loss and validation score by step. Nothing where no step was logged. */
export async function writeCurves(folder: string): Promise<void> {
  const runs = named('training', await readRun(folder));
  const charts = [lossChart(runs), validationChart(runs)].filter(isThere);
  if (charts.length === 0) return;
  const description = charts.map((chart) => chart.description).join('; ');
  const without = charts.map(({ background: _, ...chart }) => chart);
  const both = { description, background: '#fff', hconcat: without } as unknown as ChartSpec;
  await writeAtomically(join(folder, 'curves.svg'), `${await renderChart(both)}\n`);
}

/** Writes `report.html` into a scored run's folder: scores, curves and pictures in one page. */
export async function writeRunReport(folder: string): Promise<void> {
  const record = await readRun(folder);
  const { scored } = record;
  if (!scored) return;
  const runs = named(scored.model, record);
  const charts = [rocChart(runs), prChart(runs), lossChart(runs), validationChart(runs)];
  const svgs: string[] = [];
  for (const chart of charts.filter(isThere)) svgs.push(await renderChart(chart));
  const name = basename(folder);
  const body = [
    `<h1>${escapeXml(name)}</h1>`,
    notes([`${scored.model}: ${scored.images} test images, threshold ${scored.threshold}.`]),
    section('Scores', scoreTables(scored)),
    svgs.length > 0 ? section('Curves', chartFigures(svgs)) : '',
    await pictures(record, scored.model),
    section('Images', imageTable(scored)),
    `<p class="note"><a href="experiment.yaml">experiment.yaml</a> · <a href="run.json">run.json</a> · <a href="log.jsonl">log.jsonl</a> · <a href="metrics.json">metrics.json</a></p>`,
  ];
  await writeAtomically(join(folder, 'report.html'), page(name, body.join('\n')));
}

const header = measures.map(({ title }) => title);

const cellsOf = (scores: Scored['metrics']) =>
  measures.map(({ key, digits }) => plain(score(scores[key], digits)));

const scoreTables = ({ metrics, mean }: Scored): string =>
  htmlTable({
    title: 'Scores',
    header: ['', ...header],
    rows: [
      [plain('pooled over pixels'), ...cellsOf(metrics)],
      [plain('mean over images'), ...cellsOf(mean)],
    ],
  });

const imageTable = ({ perImage }: Scored): string =>
  htmlTable({
    title: 'Images',
    header: ['image', ...header],
    rows: perImage.map(({ id, ...scores }) => [
      { text: id, link: `predictions/${id}-overlay.png` },
      ...cellsOf(scores as Scored['metrics']),
    ]),
  });

async function pictures(record: RunRecord, model: string): Promise<string> {
  const found = await overlaysOf(record, 'f1');
  const figures = found.map((overlay) =>
    overlayFigure(overlay, model, 'F1', `predictions/${overlay.id}-overlay.png`),
  );
  const legend = notes(['Green: found. Red: invented. Blue: missed.']);
  return figures.length === 0
    ? ''
    : section(
        'Best, median and worst image',
        `${legend}\n<div class="overlays">${figures.join('\n')}</div>`,
      );
}
