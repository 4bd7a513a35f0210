import type { Curve, ReadRun } from '../../runs/read-run.js';
import { mean } from '../../statistics/moments.js';
import type { ChartSpec } from './render-chart.js';

/** A run and the name its line goes by; runs of one name share a colour, those of one seed the dashes. */
export interface NamedRun {
  readonly name: string;
  readonly run: string;
  readonly seed?: string;
  readonly record: ReadRun;
}

/** Apart from each other on white and on black, and for the colour-blind. */
const colours = [
  '#3b82d6',
  '#e0702a',
  '#2f9e6e',
  '#b45fcf',
  '#c9a013',
  '#d84f68',
  '#3fa7b8',
  '#8c8577',
];

/** How many runs are told apart by the colours of their lines. */
export const coloursApart = colours.length;

/** A run keeps its colour in every chart, also where others have no line. */
const colourOf = (runs: readonly NamedRun[], points: readonly Point[]) => ({
  field: 'name',
  type: 'nominal' as const,
  scale: { domain: [...new Set(runs.map(({ name }) => name))], range: colours },
  legend: {
    orient: 'bottom' as const,
    columns: 2,
    values: [...new Set(points.map(({ name }) => name))],
  },
});

/** The first seed's lines are whole; where there is one seed, so are all. */
const dashes = [[], [5, 3], [1.5, 2], [8, 3, 1.5, 3], [12, 4], [2, 5]];

function dashesOf(runs: readonly NamedRun[]) {
  const seeds = [...new Set(runs.flatMap(({ seed }) => seed ?? []))];
  if (seeds.length < 2) return {};
  return {
    strokeDash: {
      field: 'seed',
      type: 'nominal' as const,
      scale: { domain: seeds, range: seeds.map((_, i) => dashes[i % dashes.length]) },
      legend: { orient: 'bottom' as const, columns: 3 },
    },
  };
}

interface Point {
  readonly name: string;
  readonly run: string;
  readonly seed?: string;
  readonly x: number;
  readonly y: number;
}

interface Axes {
  readonly title: string;
  readonly description: string;
  readonly x: string;
  readonly y: string;
  /** The ends of the axes, where they are fixed. */
  readonly domain?: readonly [number, number];
}

function lines(runs: readonly NamedRun[], points: readonly Point[], axes: Axes): ChartSpec {
  const scale = axes.domain ? { domain: [...axes.domain] } : { zero: false };
  const axis = (field: 'x' | 'y') => ({
    field,
    type: 'quantitative' as const,
    title: axes[field],
    scale: field === 'y' || axes.domain ? scale : { nice: false },
  });
  return {
    description: axes.description,
    title: axes.title,
    width: 360,
    height: 300,
    background: null as unknown as undefined,
    data: { values: [...points] },
    mark: { type: 'line', strokeWidth: 1.5, clip: true },
    encoding: {
      x: axis('x'),
      y: axis('y'),
      color: colourOf(runs, points),
      ...dashesOf(runs),
      detail: { field: 'run' },
      order: { field: 'order', type: 'quantitative' },
    },
  } as ChartSpec;
}

const pointsOf = ({ name, run, seed }: NamedRun, { x, y }: Curve): Point[] =>
  x.map((value, order) => ({ name, run, seed: seed!, x: value, y: y[order]!, order }));

const namesOf = (runs: readonly NamedRun[]): string =>
  [...new Set(runs.map(({ name }) => name))].join(', ');

/** The ROC curves of the runs that have one; undefined where none has. */
export function rocChart(runs: readonly NamedRun[]): ChartSpec | undefined {
  const drawn = runs.filter(({ record }) => record.roc);
  if (drawn.length === 0) return undefined;
  return lines(
    runs,
    drawn.flatMap((run) => pointsOf(run, run.record.roc!)),
    {
      title: 'ROC curve',
      description: `ROC curves of ${namesOf(drawn)}`,
      x: 'false positive rate, 1 − SP',
      y: 'true positive rate, SE',
      domain: [0, 1],
    },
  );
}

/** The precision-recall curves of the runs that have one; undefined where none has. */
export function prChart(runs: readonly NamedRun[]): ChartSpec | undefined {
  const drawn = runs.filter(({ record }) => record.pr);
  if (drawn.length === 0) return undefined;
  return lines(
    runs,
    drawn.flatMap((run) => pointsOf(run, run.record.pr!)),
    {
      title: 'Precision-recall curve',
      description: `Precision-recall curves of ${namesOf(drawn)}`,
      x: 'recall, SE',
      y: 'precision',
      domain: [0, 1],
    },
  );
}

/** Points of a loss curve at most; steps between are averaged. */
const mostPoints = 120;

/** The training losses; undefined where no run has logged a step. */
export function lossChart(runs: readonly NamedRun[]): ChartSpec | undefined {
  const drawn = runs.filter(({ record }) => record.steps.length > 0);
  if (drawn.length === 0) return undefined;
  const longest = Math.max(...drawn.map(({ record }) => record.steps.length));
  const window = Math.ceil(longest / mostPoints);
  return lines(
    runs,
    drawn.flatMap((run) => pointsOf(run, averaged(run.record.steps, window))),
    {
      title: 'Training loss',
      description: `Training loss by step of ${namesOf(drawn)}`,
      x: window > 1 ? `step, the mean of every ${window}` : 'step',
      y: 'loss',
    },
  );
}

function averaged(steps: ReadRun['steps'], window: number): Curve {
  const starts = Array.from({ length: Math.ceil(steps.length / window) }, (_, i) => i * window);
  const parts = starts.map((start) => steps.slice(start, start + window));
  return {
    x: parts.map((part) => part[part.length - 1]!.step),
    y: parts.map((part) => mean(part.map(({ loss }) => loss))),
  };
}

/** What a validation is followed by, the first that is there. */
const followed = [
  ['f1', 'F1'],
  ['rocAuc', 'ROC AUC'],
  ['jaccard', 'Jaccard'],
  ['loss', 'loss'],
] as const;

/** A score on the validation images by step; undefined where no run was validated. */
export function validationChart(runs: readonly NamedRun[]): ChartSpec | undefined {
  const isThere = (key: string): boolean =>
    runs.some(({ record }) => record.validations.some((line) => typeof line[key] === 'number'));
  const [key, title] = followed.find(([name]) => isThere(name)) ?? [];
  if (key === undefined) return undefined;
  const points = runs.flatMap((run) => {
    const known = run.record.validations.filter((line) => typeof line[key] === 'number');
    return pointsOf(run, { x: known.map(({ step }) => step), y: known.map((line) => line[key]!) });
  });
  return lines(runs, points, {
    title: `${title} on validation images`,
    description: `${title} on the validation images by step of ${namesOf(runs)}`,
    x: 'step',
    y: title!,
  });
}
