import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Resources } from '../../ablation/resources.js';
import type { Grid, SlurmArray } from '../grid.js';
import type { Site } from '../site.js';
import type { Start } from '../start.js';
import { slurm } from './commands.js';
import { jobName, reportName } from './queue.js';
import { arrayScript, reportScript } from './script.js';

/** A run that is to be done, and what it is given. */
export interface Wanted {
  readonly run: string;
  readonly resources: Resources;
}

/** What is given to sbatch. */
export interface Submission {
  readonly array: SlurmArray;
  readonly script: string;
}

export interface SlurmPlan {
  readonly arrays: readonly Submission[];
  /** The script of the job that writes the report after all of them. */
  readonly report: string;
}

export interface SlurmRequest {
  readonly grid: Grid;
  readonly output: string;
  readonly wanted: readonly Wanted[];
  readonly atOnce: number | null;
  readonly start: Start;
  readonly site: Site;
}

export const logsOf = (output: string): string => resolve(output, 'slurm');

/** The arrays of the runs: those that are given the same are one, as far as Slurm takes arrays of that length. */
export function slurmPlan(request: SlurmRequest, longest: number): SlurmPlan {
  const { grid, output, wanted, start, site } = request;
  const groups = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const key = JSON.stringify(one.resources);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const parts = [...groups.values()].flatMap((group) => chunks(group, longest));
  const arrays = parts.map((part): Submission => {
    const array = { key: randomBytes(6).toString('hex'), runs: part.map(({ run }) => run) };
    const { resources } = part[0]!;
    const job = {
      name: jobName(grid),
      ...array,
      resources,
      logs: logsOf(output),
      folder: resolve(output, 'runs'),
    };
    return { array, script: arrayScript({ ...job, atOnce: request.atOnce }, start, site) };
  });
  return { arrays, report: reportScript(reportName(grid), logsOf(output), start, site) };
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  );

/** The longest array that Slurm takes; what it takes as delivered where it does not say. */
export async function longestArray(): Promise<number> {
  const config = await slurm('scontrol', ['show', 'config']);
  return Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(config)?.[1] ?? 1001);
}
