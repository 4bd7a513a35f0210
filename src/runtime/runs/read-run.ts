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

/** What a run's folder tells; parts are undefined or empty where the run has not come so far. */
export interface ReadRun {
  /** Of its scores and pictures. */
  readonly folder: string;
  readonly scored: Scored | undefined;
  readonly steps: readonly { readonly step: number; readonly loss: number }[];
  readonly validations: readonly ({ readonly step: number } & Scores)[];
  readonly roc: Curve | undefined;
  readonly pr: Curve | undefined;
  /** The median; null where fewer than two steps are logged. */
  readonly secondsPerStep: number | null;
  readonly usage: Usage | undefined;
}

/** @param scores where its scores are, if not in its folder */
export async function readRun(folder: string, scores = folder): Promise<ReadRun> {
  const log = await readLog(folder);
  const steps = log.flatMap((line) => ('step' in line ? [line] : []));
  const seconds = steps.map((line) => line.seconds);
  // After a resumption the clock starts again.
  const took = seconds.slice(1).flatMap((now, i) => (now > seconds[i]! ? [now - seconds[i]!] : []));
  return {
    folder: scores,
    scored: await readScores(scores),
    // One that was skipped has no loss.
    steps: steps.flatMap(({ step, loss }) => (loss === null ? [] : [{ step, loss }])),
    validations: log.flatMap((line) => ('validation' in line ? [line.validation] : [])),
    roc: await readCurve(runPath(scores, 'roc'), 'fpr', 'tpr'),
    pr: await readCurve(runPath(scores, 'pr'), 'recall', 'precision'),
    secondsPerStep: took.length === 0 ? null : median(took),
    usage: (await readRecord(folder)).usage,
  };
}

/** The curve of the first class, of one class the only one. Undefined where a class is absent. */
async function readCurve(path: string, x: string, y: string): Promise<Curve | undefined> {
  const kept = (await readJson(path)) as
    | { curves?: readonly { points?: readonly Readonly<Record<string, number>>[] }[] }
    | undefined;
  const points = kept?.curves?.[0]?.points ?? [];
  const isDrawn =
    points.length > 0 &&
    points.every((point) => Number.isFinite(point[x]) && Number.isFinite(point[y]));
  return isDrawn
    ? { x: points.map((point) => point[x]!), y: points.map((point) => point[y]!) }
    : undefined;
}
