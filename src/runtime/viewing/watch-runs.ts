import { stat } from 'node:fs/promises';
import { sha256 } from '../files/hash.js';
import {
  coloursApart,
  lossChart,
  type NamedRun,
  prChart,
  rocChart,
  validationChart,
} from '../reports/charts/curves.js';
import { type ChartSpec, renderChart } from '../reports/charts/render-chart.js';
import { isHeld } from '../runs/lock.js';
import { imagesOf } from './images.js';
import { openingOf } from './opened-run.js';
import { distinct, namesOf } from './run-names.js';
import { type ChartKind, chartKinds, type RunsView } from './runs-view.js';
import { filesOf, type ReadForView, viewRun } from './view-run.js';

/** Runs that are looked at, some of which may be training. */
export interface WatchedRuns {
  /** What changes when a file of theirs does, without reading one. */
  version(): Promise<string>;
  view(): Promise<RunsView>;
  /**
   * The bytes of an image by its name, `testName` or `validationName`; undefined for a name that nobody has been given.
   * @throws InputError where the image, its ground truth or its map is not what was scored
   */
  image(name: string): Promise<Uint8Array | undefined>;
}

const chartOf: Readonly<Record<ChartKind, (runs: readonly NamedRun[]) => ChartSpec | undefined>> = {
  roc: rocChart,
  pr: prChart,
  loss: lossChart,
  validation: validationChart,
};

/**
 * The runs in some folders.
 * @throws InputError where a folder holds none, DiagnosedError for what is wrong with an experiment
 */
export function watchRuns(folders: readonly string[]): WatchedRuns {
  const apart = distinct(folders);
  const names = namesOf(apart);
  const openings = apart.map((folder, i) => openingOf(folder, names[i]!));
  const drawn = new Map<ChartKind, { readonly spec: string; readonly svg: string }>();
  /** Drawn anew only where something of the chart has changed. */
  const draw = async (kind: ChartKind, spec: ChartSpec): Promise<string> => {
    const key = JSON.stringify(spec);
    const before = drawn.get(kind);
    if (before?.spec === key) return before.svg;
    const svg = await renderChart(spec);
    drawn.set(kind, { spec: key, svg });
    return svg;
  };
  return {
    version: () => versionOf(apart),
    image: imagesOf(openings),
    async view() {
      const read = await Promise.all(openings.map((open) => viewRun(open())));
      const named = read.map(({ viewed: { name }, record }) => ({ name, run: name, record }));
      const charts: Partial<Record<ChartKind, string>> = {};
      for (const kind of chartKinds) {
        const spec = chartOf[kind](named);
        if (spec) charts[kind] = await draw(kind, spec);
      }
      return { runs: read.map(({ viewed }) => viewed), charts, notes: notesOf(read) };
    },
  };
}

async function versionOf(folders: readonly string[]): Promise<string> {
  const marks = folders.map(async (folder) => {
    const files = filesOf(folder).map(async (path) => {
      const found = await stat(path).catch(() => null);
      return found && [found.mtimeMs, found.size, found.ino];
    });
    // A process may end and leave its lock.
    return [await isHeld(folder), ...(await Promise.all(files))];
  });
  return sha256(JSON.stringify(await Promise.all(marks)));
}

function notesOf(read: readonly ReadForView[]): readonly string[] {
  const scored = read.flatMap(({ record }) => record.scored ?? []);
  const images = new Set(scored.flatMap(({ data }) => data?.sha256 ?? []));
  const first = [...new Set(scored.flatMap(({ classes }) => classes?.[0]?.name ?? []))];
  return [
    ...(images.size > 1
      ? ['Not all runs are scored on the same images: their scores do not compare the networks.']
      : []),
    ...(first.length > 0
      ? [`Of several classes the curves are of the first: ${first.join(', ')}.`]
      : []),
    ...(read.length > coloursApart
      ? [`Colours are used again after ${coloursApart} runs: name fewer to tell their lines apart.`]
      : []),
  ];
}
