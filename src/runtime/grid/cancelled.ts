import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson } from '../files/disk.js';

/** A mark in the output's folder: the process that holds a grid's queue, wherever it runs, submits no more. */
const mark = (output: string): string => join(output, 'cancelled.json');

export const markCancelled = (output: string): Promise<void> =>
  writeJson(mark(output), { at: new Date().toISOString() });

export const isCancelled = (output: string): boolean => existsSync(mark(output));

export const forgetCancelled = (output: string): Promise<void> => rm(mark(output), { force: true });
