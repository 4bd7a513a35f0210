import { costOf } from '../../compiler/cost/cost.js';
import { purposes, randomOf } from '../data/random.js';
import { measures } from '../metrics/measures.js';
import type { ReadRun } from '../runs/read-run.js';
import { bootstrapMean, type Interval } from '../statistics/bootstrap.js';
import { holm } from '../statistics/holm.js';
import { mean, median, spread } from '../statistics/moments.js';
import { wilcoxon } from '../statistics/wilcoxon.js';
import type { Ablation, PlannedRun } from './ablation.js';
import type { Failure } from './failure.js';
import { paperTables } from './paper-tables.js';

/** One measure of one variant. */
export interface MeasureSummary {
  /** Over the runs that have it, of the figure pooled over the pixels of all test images; null where none has. */
  readonly mean: number | null;
  /** The standard deviation over the runs; null of fewer than two. */
  readonly spread: number | null;
  /** How many runs have the figure: those two are over them alone. */
  readonly runs: number;
  /** The mean over the test images that have the figure, each the mean over the seeds. */
  readonly overImages: number | null;
  /** How many these are. */
  readonly images: number;
  /** In which that mean lies, 95 %, by the bootstrap over images. */
  readonly interval: Interval | null;
  /** Against the first variant; null for the first. */
  readonly against: Comparison | null;
  readonly paper: number | null;
}

export interface Comparison {
  readonly images: number;
  /** The mean difference over the images that both have. */
  readonly difference: number;
  /** Of the signed-rank test over these images. */
  readonly p: number;
  /** The same after Holm's correction for all variants. */
  readonly pHolm: number;
}

export interface VariantSummary {
  readonly name: string;
  readonly runs: readonly string[];
  /** How many test images were scored, whatever figures they have. */
  readonly images: number;
  readonly measures: Readonly<Record<string, MeasureSummary>>;
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Height and width that the multiply-adds are for. */
  readonly patch: number;
  readonly measured: {
    readonly secondsPerStep: number | null;
    /** Bytes. */
    readonly peakMemory: number | null;
  };
}

export interface FinishedRun {
  readonly run: PlannedRun;
  readonly record: ReadRun;
}

export interface Summary {
  readonly ablation: Ablation;
  readonly variants: readonly VariantSummary[];
  readonly runs: readonly FinishedRun[];
  readonly failures: readonly Failure[];
}

const bootstrap = { samples: 2000, level: 0.95 } as const;

/** What the finished runs say of each variant. */
export function summarise(
  ablation: Ablation,
  runs: readonly FinishedRun[],
  failures: readonly Failure[],
): Summary {
  const of = (variant: string) => runs.filter(({ run }) => run.variant === variant);
  const [first] = ablation.variants;
  const tables = new Map(
    measures.map(({ key }) => {
      const images = ablation.variants.map((variant) => imagesOf(of(variant), key));
      return [key, comparisons(images)];
    }),
  );
  const variants = ablation.variants.map((name, i): VariantSummary => {
    const own = of(name);
    const summaries = measures.map(({ key }): readonly [string, MeasureSummary] => [
      key,
      measureOf(ablation, name, own, key, name === first ? null : (tables.get(key)?.[i] ?? null)),
    ]);
    return {
      name,
      measures: Object.fromEntries(summaries),
      ...costsOf(ablation, name, own),
    };
  });
  return { ablation, variants, runs, failures };
}

function costsOf(ablation: Ablation, name: string, own: readonly FinishedRun[]) {
  const { experiment, network } = ablation.runs.find(({ variant }) => variant === name)!;
  const { patch } = experiment;
  const { parameters, multiplyAdds } = costOf(network.graph, { height: patch, width: patch });
  const seconds = own.flatMap(({ record }) => record.secondsPerStep ?? []);
  const memory = own.flatMap(({ record }) => record.usage?.peakMemory ?? []);
  const measured = {
    secondsPerStep: seconds.length === 0 ? null : median(seconds),
    peakMemory: memory.length === 0 ? null : Math.max(...memory),
  };
  const scored = own.flatMap(({ run, record }) =>
    (record.scored?.perImage ?? []).map(({ id }) => nameOfImage(run, id)),
  );
  return {
    runs: own.map(({ run }) => run.name),
    images: new Set(scored).size,
    parameters,
    multiplyAdds,
    patch,
    measured,
  };
}

function measureOf(
  { paper }: Ablation,
  variant: string,
  own: readonly FinishedRun[],
  key: string,
  against: Comparison | null,
): MeasureSummary {
  const pooled = own.flatMap(({ record }) => defined(record.scored?.metrics[key]));
  const images = [...imagesOf(own, key).values()];
  const { uniform } = randomOf(1, purposes.bootstrap);
  return {
    mean: pooled.length === 0 ? null : mean(pooled),
    spread: spread(pooled),
    runs: pooled.length,
    overImages: images.length === 0 ? null : mean(images),
    images: images.length,
    interval: bootstrapMean(images, { ...bootstrap, uniform }),
    against,
    paper: paper === null ? null : (paperTables[paper].rows[variant]?.[key] ?? null),
  };
}

/** The value in a list; none where a measure is not defined. */
const defined = (value: number | null | undefined): number[] =>
  typeof value === 'number' && Number.isFinite(value) ? [value] : [];

/** An image is another one in another fold. */
const nameOfImage = ({ fold }: PlannedRun, id: string): string => `${fold ?? 0}/${id}`;

/** A measure of each test image, the mean over the seeds where it is defined. */
function imagesOf(runs: readonly FinishedRun[], key: string): ReadonlyMap<string, number> {
  const values = new Map<string, number[]>();
  for (const { run, record } of runs) {
    for (const image of record.scored?.perImage ?? []) {
      const name = nameOfImage(run, image.id);
      const known = defined(image[key]);
      if (known.length > 0) values.set(name, [...(values.get(name) ?? []), ...known]);
    }
  }
  return new Map([...values].map(([name, all]) => [name, mean(all)]));
}

/** Each variant against the first, over the images that both have; null where there are none. */
function comparisons(images: readonly ReadonlyMap<string, number>[]): (Comparison | null)[] {
  const [first, ...others] = images;
  const pairs = others.map((other) =>
    [...other].flatMap(([name, value]) => {
      const base = first!.get(name);
      return base === undefined ? [] : [value - base];
    }),
  );
  const tested = pairs.map((differences) => wilcoxon(differences).p);
  const known = tested.filter((_, i) => pairs[i]!.length > 0);
  const corrected = holm(known);
  let next = 0;
  return [
    null,
    ...pairs.map((differences, i): Comparison | null => {
      if (differences.length === 0) return null;
      const pHolm = corrected[next++]!;
      return { images: differences.length, difference: mean(differences), p: tested[i]!, pHolm };
    }),
  ];
}
