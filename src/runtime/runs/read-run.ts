import { InputError } from '../errors/errors.js';
import { readJson } from '../files/disk.js';
import { median } from '../statistics/moments.js';
import { runPath } from './layout.js';
import { readLog } from './log.js';
import { readRecord, type Usage } from './record.js';
import { readScores, type Scored, type Scores } from './scores.js';

/** The points of a curve, the coordinates as two lists. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A ROC or precision-recall curve as it is kept. */
export interface ScoredCurve extends Curve {
  /** What pixels of each point have at least; null of the first, where no pixel is found, and of what the file does not tell. */
  readonly thresholds: readonly (number | null)[];
}

/** What a run's folder tells; parts are undefined or empty where the run has not come so far. */
export interface ReadRun {
  /** Of its scores and pictures. */
  readonly folder: string;
  readonly scored: Scored | undefined;
  readonly steps: readonly { readonly step: number; readonly loss: number }[];
  readonly validations: readonly ({ readonly step: number } & Scores)[];
  readonly roc: ScoredCurve | undefined;
  readonly pr: ScoredCurve | undefined;
  /** The median; null where fewer than two steps are logged. */
  readonly secondsPerStep: number | null;
  readonly usage: Usage | undefined;
}

/**
 * @param scores where its scores are, if not in its folder
 * @param onDamage is told what is damaged, which then is as if it were missing; unless given, it is thrown
 */
export async function readRun(
  folder: string,
  scores = folder,
  onDamage?: (damage: InputError) => void,
): Promise<ReadRun> {
  const part = <T>(reading: Promise<T>, missing: T): Promise<T> =>
    reading.catch((error) => {
      if (!onDamage || !(error instanceof InputError)) throw error;
      onDamage(error);
      return missing;
    });
  const log = await part(readLog(folder), []);
  const steps = log.flatMap((line) => ('step' in line ? [line] : []));
  const seconds = steps.map((line) => line.seconds);
  // After a resumption the clock starts again.
  const took = seconds.slice(1).flatMap((now, i) => (now > seconds[i]! ? [now - seconds[i]!] : []));
  return {
    folder: scores,
    scored: await part(readScores(scores), undefined),
    // One that was skipped has no loss.
    steps: steps.flatMap(({ step, loss }) => (loss === null ? [] : [{ step, loss }])),
    validations: log.flatMap((line) => ('validation' in line ? [line.validation] : [])),
    roc: await part(readCurve(runPath(scores, 'roc'), 'fpr', 'tpr'), undefined),
    pr: await part(readCurve(runPath(scores, 'pr'), 'recall', 'precision'), undefined),
    secondsPerStep: took.length === 0 ? null : median(took),
    usage: (await part(readRecord(folder), {})).usage,
  };
}

/**
 * The curve of the first class, of one class the only one. Undefined where it is missing, or a class is absent. Throws `InputError`
 * where it is damaged.
 */
async function readCurve(path: string, x: string, y: string): Promise<ScoredCurve | undefined> {
  const kept = (await readJson(path)) as
    | { readonly curves?: readonly { readonly points?: unknown }[] }
    | null
    | undefined;
  if (kept === undefined) return undefined;
  const points = kept?.curves?.[0]?.points;
  if (!arePoints(points)) throw new InputError(`${path} is damaged: it holds no curve`);
  const isDrawn =
    points.length > 0 &&
    points.every((point) => Number.isFinite(point[x]) && Number.isFinite(point[y]));
  if (!isDrawn) return undefined;
  return {
    x: points.map((point) => point[x]!),
    y: points.map((point) => point[y]!),
    thresholds: points.map(({ threshold }) => (Number.isFinite(threshold) ? threshold! : null)),
  };
}

const arePoints = (points: unknown): points is readonly Readonly<Record<string, number>>[] =>
  Array.isArray(points) && points.every((point) => typeof point === 'object' && point !== null);
