import { appendFile, readFile } from 'node:fs/promises';
import { writeAtomically } from '../files/disk.js';
import { runPath } from './layout.js';

/** A line of `log.jsonl`: a step's loss, or what a validation found. */
export type LogRecord =
  | {
      readonly step: number;
      readonly loss: number;
      readonly learningRate: number;
      readonly seconds: number;
    }
  | { readonly validation: { readonly step: number } & Readonly<Record<string, number | null>> };

/** Adds one line to the run's log; a line is whole or, after a crash, the last. */
export const appendLog = (folder: string, record: LogRecord): Promise<void> =>
  appendFile(runPath(folder, 'log'), `${JSON.stringify(record)}\n`);

/** The lines of the run's log; one that a crash cut short is left out. */
export async function readLog(folder: string): Promise<LogRecord[]> {
  const text = await readFile(runPath(folder, 'log'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line): LogRecord[] => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

/**
 * Takes from the run's log what came after `step`, and what a crash left of a line. Answers how many seconds the steps took
 * that are left in it.
 */
export async function truncateLog(folder: string, step: number): Promise<number> {
  const kept = (await readLog(folder)).filter((record) => stepOf(record) <= step);
  const lines = kept.map((record) => `${JSON.stringify(record)}\n`);
  await writeAtomically(runPath(folder, 'log'), lines.join(''));
  const last = kept.findLast((record) => 'seconds' in record);
  return last?.seconds ?? 0;
}

const stepOf = (record: LogRecord): number =>
  'validation' in record ? record.validation.step : record.step;
