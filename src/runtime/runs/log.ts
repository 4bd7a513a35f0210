import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../files/disk.js';

/** A line of `log.jsonl`: a step's loss, or what a validation found. */
export type LogRecord =
  | {
      readonly step: number;
      readonly loss: number;
      readonly learningRate: number;
      readonly seconds: number;
    }
  | { readonly validation: { readonly step: number } & Readonly<Record<string, number | null>> };

const logPath = (folder: string): string => join(folder, 'log.jsonl');

/** Adds one line to the run's log; a line is whole or, after a crash, the last. */
export const appendLog = (folder: string, record: LogRecord): Promise<void> =>
  appendFile(logPath(folder), `${JSON.stringify(record)}\n`);

/**
 * Takes from the run's log what came after `step`, and what a crash left of a line. Answers how many seconds the steps took
 * that are left in it.
 */
export async function truncateLog(folder: string, step: number): Promise<number> {
  const text = await readFile(logPath(folder), 'utf8').catch(() => '');
  const kept = text
    .split('\n')
    .map(parsed)
    .filter((record): record is LogRecord => record !== undefined && stepOf(record) <= step);
  await writeAtomically(
    logPath(folder),
    kept.map((record) => `${JSON.stringify(record)}\n`).join(''),
  );
  const last = kept.findLast((record) => 'seconds' in record);
  return last?.seconds ?? 0;
}

const stepOf = (record: LogRecord): number =>
  'validation' in record ? record.validation.step : record.step;

function parsed(line: string): LogRecord | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
