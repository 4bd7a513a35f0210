import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson } from '../files/disk.js';
import { median } from '../statistics/moments.js';
import type { Usage } from './usage.js';

/** Scores by name; null where a score is not defined. */
export type Scores = Readonly<Record<string, number | null | undefined>>;

/** The points of a curve, the coordinates as two lists. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** What `metrics.json` holds, as far as every netc that wrote one has put it there. */
export interface Scored {
  readonly model: string;
  readonly threshold: number;
  readonly images: number;
  readonly metrics: Scores;
  readonly mean: Scores;
  readonly imagesInMean?: Readonly<Record<string, number>>;
  readonly perImage: readonly (Scores & { readonly id: string })[];
}

/** What a run's folder tells; parts are undefined or empty where the run has not come so far. */
export interface RunRecord {
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

interface LogLine {
  readonly step?: number;
  readonly loss?: number;
  readonly seconds?: number;
  readonly validation?: { readonly step: number } & Scores;
}

/** @param scores where its scores are, if not in its folder */
export async function readRun(folder: string, scores = folder): Promise<RunRecord> {
  const log = await readLog(folder);
  const steps = log.flatMap(({ step, loss }) =>
    step === undefined || loss === undefined ? [] : [{ step, loss }],
  );
  const seconds = log.flatMap((line) => (line.seconds === undefined ? [] : [line.seconds]));
  // After a resumption the clock starts again.
  const took = seconds.slice(1).flatMap((now, i) => (now > seconds[i] ? [now - seconds[i]] : []));
  const run = (await readJson(join(folder, 'run.json'))) as { usage?: Usage } | undefined;
  return {
    folder: scores,
    scored: (await readJson(join(scores, 'metrics.json'))) as Scored | undefined,
    steps,
    validations: log.flatMap(({ validation }) => (validation ? [validation] : [])),
    roc: await readCurve(join(scores, 'scores', 'roc.json'), 'fpr', 'tpr'),
    pr: await readCurve(join(scores, 'scores', 'pr.json'), 'recall', 'precision'),
    secondsPerStep: took.length === 0 ? null : median(took),
    usage: run?.usage,
  };
}

/** The lines of the log; one that a crash cut short is left out. */
async function readLog(folder: string): Promise<LogLine[]> {
  const text = await readFile(join(folder, 'log.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line): LogLine[] => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
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
    ? { x: points.map((point) => point[x]), y: points.map((point) => point[y]) }
    : undefined;
}
