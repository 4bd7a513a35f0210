import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson } from '../files/disk.js';

/** What a finished training took. */
export interface Usage {
  readonly steps: number;
  readonly seconds: number;
  /** Bytes of memory the process held at most; engine and images are in it. */
  readonly peakMemory: number;
}

/** Adds to `run.json` that the training is finished, and what it took. */
export async function recordUsage(
  folder: string,
  { steps, seconds }: { readonly steps: number; readonly seconds: number },
): Promise<void> {
  const path = join(folder, 'run.json');
  const run = JSON.parse(await readFile(path, 'utf8'));
  const peakMemory = process.resourceUsage().maxRSS * 1024;
  const usage: Usage = { steps, seconds, peakMemory };
  await writeJson(path, { ...run, usage });
}
