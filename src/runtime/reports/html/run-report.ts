import { basename, join, relative, resolve } from 'node:path';
import type { Report } from '../../evaluation/evaluate-run.js';
import { overlayLegend } from '../../evaluation/overlay.js';
import { writeAtomically } from '../../files/disk.js';
import { measures } from '../../metrics/measures.js';
import { layout, overlayFile, runPath } from '../../runs/layout.js';
import { type ReadRun, readRun } from '../../runs/read-run.js';
import type { Scored } from '../../runs/scores.js';
import { type Cell, plain, score } from '../ablation/cells.js';
import { aboutScores } from '../about-scores.js';
import { lossChart, prChart, rocChart, validationChart } from '../charts/curves.js';
import { type ChartSpec, escapeXml, renderChart } from '../charts/render-chart.js';
import { linkOf } from '../link.js';
import { overlayFigure, overlaysOf } from './overlays.js';
import { chartFigures, htmlTable, notes, page, section } from './page.js';

const named = (name: string, record: ReadRun) => [{ name, run: name, record }];

const isThere = (spec: ChartSpec | undefined): spec is ChartSpec => spec !== undefined;

/** Writes `curves.svg` into a run's folder: training loss and validation score by step. Nothing where no step was logged. */
export async function writeCurves(folder: string): Promise<void> {
  const runs = named('training', await readRun(folder));
  const charts = [lossChart(runs), validationChart(runs)].filter(isThere);
  if (charts.length === 0) return;
  const description = charts.map((chart) => chart.description).join('; ');
  const without = charts.map(({ background: _, ...chart }) => chart);
  const both = { description, background: '#fff', hconcat: without } as unknown as ChartSpec;
  await writeAtomically(runPath(folder, 'curves'), `${await renderChart(both)}\n`);
}

/**
 * Writes `report.html` beside the scores of the run in `folder`: which they are, curves and pictures in one page.
 * @param out where the scores are
 */
export async function writeRunReport(folder: string, out = folder): Promise<void> {
  const record = await readRun(folder, out);
  const { scored } = record;
  if (!scored) return;
  const runs = named(scored.model, record);
  const charts = [rocChart(runs), prChart(runs), lossChart(runs), validationChart(runs)];
  const svgs: string[] = [];
  for (const chart of charts.filter(isThere)) svgs.push(await renderChart(chart));
  const isBeside = resolve(folder) !== resolve(out);
  const name = isBeside ? `${basename(folder)}: ${basename(out)}` : basename(folder);
  const body = [
    `<h1>${escapeXml(name)}</h1>`,
    notes(headOf(scored)),
    section('Scores', scoreTables(scored)),
    svgs.length > 0 ? section('Curves', chartFigures(svgs)) : '',
    await pictures(record, scored.model),
    section('Images', imageTable(scored)),
    linksOf(relative(out, folder)),
  ];
  await writeAtomically(runPath(out, 'report'), page(name, body.join('\n')));
}

/** What the scores are of. */
const headOf = (scored: Scored): string[] =>
  'checkpoint' in scored
    ? [`${scored.model}.`, ...aboutScores(scored as unknown as Report)]
    : [`${scored.model}: ${scored.images} test images, threshold ${scored.threshold}.`];

/** @param run the way to the run's folder */
function linksOf(run: string): string {
  const files = [layout.experiment, layout.record, layout.log].map((file) => ({
    file,
    path: join(run, file),
  }));
  const links = [...files, { file: layout.scores, path: layout.scores }].map(
    ({ file, path }) => `<a href="${linkOf(path)}">${file}</a>`,
  );
  return `<p class="note">${links.join(' · ')}</p>`;
}

const header = measures.map(({ title }) => title);

const cellsOf = (scores: Scored['metrics']) =>
  measures.map(({ key, digits }) => plain(score(scores[key], digits)));

const scoreTables = ({ metrics, mean, imagesInMean, images }: Scored): string =>
  htmlTable({
    title: 'Scores',
    header: ['', ...header],
    rows: [
      [plain('pooled over pixels'), ...cellsOf(metrics)],
      [plain('mean over images'), ...cellsOf(mean)],
      ...countRow(imagesInMean, images),
    ],
  });

/** Of how many images each mean is, where these are fewer than all. */
function countRow(counts: Scored['imagesInMean'], images: number): Cell[][] {
  if (!counts || measures.every(({ key }) => (counts[key] ?? images) === images)) return [];
  const cells = measures.map(({ key }) => plain(String(counts[key] ?? images)));
  return [[plain(`images that count, of ${images}`), ...cells]];
}

const imageTable = ({ perImage }: Scored): string =>
  htmlTable({
    title: 'Images',
    header: ['image', ...header],
    rows: perImage.map(({ id, ...scores }) => [
      { text: id, link: overlayFile(id) },
      ...cellsOf(scores as Scored['metrics']),
    ]),
  });

async function pictures(record: ReadRun, model: string): Promise<string> {
  const found = await overlaysOf(record, 'f1');
  const figures = found.map((overlay) =>
    overlayFigure(overlay, model, 'F1', overlayFile(overlay.id)),
  );
  const legend = notes([overlayLegend]);
  return figures.length === 0
    ? ''
    : section(
        'Best, median and worst image',
        `${legend}\n<div class="overlays">${figures.join('\n')}</div>`,
      );
}
