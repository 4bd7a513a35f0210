import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { main, root } from '../cli/netc.js';

/** A trial as both searches report it. */
export interface Trial {
  readonly state: 'COMPLETE' | 'PRUNED' | 'FAIL';
  readonly value: number | null;
  readonly settings: Readonly<Record<string, string | number>>;
  readonly run: string;
  readonly error?: string;
}

export interface Found {
  readonly trials: readonly Trial[];
  readonly best: (Trial & { readonly test: Readonly<Record<string, number>> }) | null;
}

// Of the area under the ROC curve, since masks of networks this small are empty at first.
const experiment = `model: {path: models/r2au.net}
parameters: {base: 2, depth: 1}
data: {kind: synthetic-retina, train: 2, validation: 1, test: 1, size: 64}
steps: 40
batch: 2
patch: 32
moments: {batches: 1}
checkpoint: {every: 5}
engine: {kind: portable}
output: run
`;

/** A folder with the models and `x.yaml`, an experiment that trains in seconds. */
export async function searchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netc-search-'));
  await cp(join(root, 'models'), join(folder, 'models'), { recursive: true });
  await writeFile(join(folder, 'x.yaml'), experiment);
  return folder;
}

/** A search of `examples/search` that was started in `folder`. */
export function search(python: string, script: string, folder: string, args: readonly string[]) {
  const usual = ['x.yaml', '--out', 'found', '--every', '5', '--metric', 'rocAuc'];
  const words = [join(root, 'examples/search', script), ...usual, ...args];
  const env = {
    ...process.env,
    NETC: `'${process.execPath}' '${main}'`,
    PYTHONDONTWRITEBYTECODE: '1',
    RAY_USAGE_STATS_ENABLED: '0',
    // Its files go with the folder, and its ports stay on 127.0.0.1.
    RAY_TMPDIR: folder,
    RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: '0',
  };
  const child = spawn(python, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const ended = new Promise<{ status: number | null; stdout: string; stderr: string }>(
    (resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve({ status, ...text }));
    },
  );
  return { child, ended };
}

/** What a search that ends well found. */
export async function foundBy({ ended }: ReturnType<typeof search>): Promise<Found> {
  const { status, stdout, stderr } = await ended;
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('Traceback')]);
  return JSON.parse(stdout);
}

/** The runs of a search, by their folders. */
export async function runsIn(folder: string): Promise<readonly string[]> {
  const found = join(folder, 'found');
  const names = existsSync(found) ? await readdir(found) : [];
  return names.filter((name) => existsSync(join(found, name, 'run.json'))).sort();
}

/** The steps that a run has logged. */
export async function stepsOf(folder: string, run: string): Promise<readonly number[]> {
  const text = await readFile(join(folder, 'found', run, 'log.jsonl'), 'utf8').catch(() => '');
  const records = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  return records.flatMap(({ step }: { step?: number }) => step ?? []);
}

/** Waits until a run has come some steps. */
export async function someSteps(folder: string, least: number): Promise<string> {
  for (;;) {
    for (const run of await runsIn(folder))
      if ((await stepsOf(folder, run)).length >= least) return run;
    await setTimeout(50);
  }
}
