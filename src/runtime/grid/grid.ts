import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ablation, PlannedRun } from '../ablation/ablation.js';
import { InputError } from '../errors/errors.js';
import { stepsOf } from '../experiments/experiment.js';
import { readJson, writeJson } from '../files/disk.js';
import { version } from '../files/version.js';

/** Where the runs of an ablation are done. */
export const places = ['local', 'slurm', 'ray'] as const;
export type Place = (typeof places)[number];

/**
 * The runs of an ablation and where they were given to: `grid.json` beside them. It is all that another process, or another computer
 * with the same disk, needs to say how far they are.
 */
export interface Grid {
  readonly netc: string;
  /** Names the grid's jobs, so that they are found by it. */
  readonly id: string;
  readonly on: Place;
  readonly runs: readonly GridRun[];
  readonly slurm: SlurmJobs | null;
  readonly ray: RayJobs | null;
}

export interface GridRun {
  readonly name: string;
  readonly identity: string;
  /** Of its training. */
  readonly steps: number;
}

export interface SlurmJobs {
  readonly arrays: readonly SlurmArray[];
}

/** An array of jobs, one a run. */
export interface SlurmArray {
  /** Its comment, which finds it also where this process ended before it was told the number. */
  readonly key: string;
  /** The names of its runs, by index. */
  readonly runs: readonly string[];
}

export interface RayJobs {
  readonly address: string;
  /** By name, how often a run was submitted: an id is not used twice. */
  readonly attempts: Readonly<Record<string, number>>;
}

export const gridPath = (output: string): string => join(output, 'grid.json');

/** Undefined where no ablation was begun in the folder. Throws `InputError` where the file is damaged. */
export async function readGrid(output: string): Promise<Grid | undefined> {
  const path = gridPath(output);
  const found = (await readJson(path)) as Partial<Grid> | undefined;
  if (found === undefined) return undefined;
  if (typeof found.id === 'string' && Array.isArray(found.runs)) return found as Grid;
  throw new InputError(`${path} is damaged: it does not say which runs there are`);
}

export async function writeGrid(output: string, grid: Grid): Promise<void> {
  await mkdir(output, { recursive: true });
  await writeJson(gridPath(output), grid);
}

/** A grid for these runs that keeps what is known of the jobs of `earlier`. */
export const gridOf = (on: Place, runs: readonly GridRun[], earlier: Grid | undefined): Grid => ({
  netc: version(),
  id: earlier?.id ?? randomBytes(4).toString('hex'),
  on,
  runs,
  slurm: earlier?.slurm ?? null,
  ray: earlier?.ray ?? null,
});

export const gridRuns = (
  { runs }: Ablation,
  identities: ReadonlyMap<PlannedRun, string>,
): GridRun[] =>
  runs.map((run) => ({
    name: run.name,
    identity: identities.get(run)!,
    steps: stepsOf(run.experiment),
  }));
