import { readFile } from 'node:fs/promises';
import { InputError } from '../errors/errors.js';
import { appendTo, parseJson, writeAtomically } from '../files/disk.js';
import { runPath } from './layout.js';

/** A line of `log.jsonl`: a step's loss, or what a validation found. */
export type LogRecord =
  | {
      readonly step: number;
      /** Null of a step that was skipped. */
      readonly loss: number | null;
      readonly learningRate: number;
      readonly seconds: number;
    }
  | { readonly validation: { readonly step: number } & Readonly<Record<string, number | null>> };

/** Adds one line to the run's log; a line is whole or, after a crash, the last. */
export const appendLog = (folder: string, record: LogRecord): Promise<void> =>
  appendTo(runPath(folder, 'log'), `${JSON.stringify(record)}\n`);

/**
 * The lines of the run's log; the last, where a crash cut it short, is left out. Throws `InputError` with the line where another
 * is damaged.
 */
export async function readLog(folder: string): Promise<LogRecord[]> {
  const path = runPath(folder, 'log');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n');
  // What follows the last end of a line is nothing, or the beginning of one.
  return lines.slice(0, -1).map((line, i) => recordOf(line, path, i + 1));
}

function recordOf(line: string, path: string, number: number): LogRecord {
  const found = parseJson(line, path, number) as Partial<
    Record<'step' | 'loss' | 'validation', unknown>
  >;
  const step = (found?.validation as { readonly step?: unknown } | undefined)?.step ?? found?.step;
  const { loss } = found ?? {};
  const isStep = (typeof loss === 'number' || loss === null) && !found.validation;
  if (Number.isSafeInteger(step) && (isStep || found?.validation)) return found as LogRecord;
  throw new InputError(
    `${path}:${number} is damaged: it tells neither a step's loss nor a validation`,
  );
}

/** What a run's log is left with when the run goes on. */
export interface Truncated {
  /** How many seconds the steps took that are left in it. */
  readonly seconds: number;
  /** The first and the last step of each gap: what a checkpoint knows of and the log does not. */
  readonly missing: readonly (readonly [number, number])[];
}

/** Takes from the run's log what came after `step`, and what a crash left of a line. */
export async function truncateLog(folder: string, step: number): Promise<Truncated> {
  const kept = (await readLog(folder)).filter((record) => stepOf(record) <= step);
  const lines = kept.map((record) => `${JSON.stringify(record)}\n`);
  await writeAtomically(runPath(folder, 'log'), lines.join(''));
  const steps = kept.flatMap((record) => ('step' in record ? [record] : []));
  return {
    seconds: steps.at(-1)?.seconds ?? 0,
    missing: gapsOf(
      steps.map((record) => record.step),
      step,
    ),
  };
}

/** Where `steps`, in order, leave out numbers from 1 to `last`. */
function gapsOf(steps: readonly number[], last: number): [number, number][] {
  const gaps: [number, number][] = [];
  let next = 1;
  for (const step of [...steps, last + 1]) {
    if (step > next) gaps.push([next, step - 1]);
    next = Math.max(next, step + 1);
  }
  return gaps;
}

const stepOf = (record: LogRecord): number =>
  'validation' in record ? record.validation.step : record.step;
