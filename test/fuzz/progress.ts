import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './subject.js';

/** How far a process is that tries cases. */
export interface Progress {
  /** The case under way; the one behind the last where all are done. */
  readonly index: number;
  /** When it began, in milliseconds of the epoch. */
  readonly began: number;
  readonly case: { readonly name: string; readonly what: string; readonly bytes: number };
  /** How many cases came to what. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly slowest: { readonly seconds: number; readonly index: number };
}

/** A case that shows a fault. */
export interface Finding {
  /** Threw; took too long; did not end; ended the process. */
  readonly kind: 'crash' | 'slow' | 'hang' | 'death';
  readonly index: number;
  readonly name: string;
  readonly what: string;
  readonly detail: string;
}

/** The files of a folder in which cases are tried. */
export const progressFile = 'progress.json';
export const caseFile = 'case';
export const findingsFile = 'findings.jsonl';

/** Writes over files that stay open: it is done for each case, and where files are made that is slow. */
export function progressIn(folder: string) {
  const [progress, whole] = [progressFile, caseFile].map((name) =>
    openSync(join(folder, name), 'w'),
  );
  return {
    write(now: Omit<Progress, 'case'>, { name, what, bytes }: Case): void {
      const content = Buffer.from(bytes as string);
      const told: Progress = { ...now, case: { name, what, bytes: content.length } };
      writeSync(whole!, content, 0, content.length, 0);
      writeSync(progress!, JSON.stringify(told).padEnd(2000), 0);
    },
    close(): void {
      closeSync(progress!);
      closeSync(whole!);
    },
  };
}

/** Undefined before the first case, and while it is being written. */
export function readProgress(folder: string): Progress | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, progressFile), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The case that was under way. */
export const caseIn = (folder: string, { case: { bytes } }: Progress): Uint8Array =>
  readFileSync(join(folder, caseFile)).subarray(0, bytes);
