import type { Command } from 'commander';
import { MachineError } from '../runtime/errors/errors.js';
import type { Job } from '../runtime/grid/job.js';
import { printJson } from './failure.js';
import { type GridAt, gridAt } from './grid-at.js';
import { outOption } from './out-option.js';
import { printNote, printResult } from './output.js';

interface StatusOptions {
  readonly out?: string;
  readonly json?: boolean;
}

export function registerStatus(program: Command): void {
  const command = program
    .command('status')
    .description("Shows how far an ablation's runs are, here or on a cluster.")
    .argument('<ablation>', 'its YAML file, or the folder of its runs and report')
    .option('--json', 'print one JSON object')
    .action(run);
  outOption(command, '<folder>', 'the folder of runs and report, where the ablation was given one');
}

async function run(path: string, { out, json }: StatusOptions): Promise<void> {
  const { statusesOf } = await import('../runtime/grid/status.js');
  const { statusTable, statusCounts } = await import('../runtime/reports/ablation/status.js');
  const at = await gridAt(path, out);
  const jobs = await jobsIfKnown(at);
  const runs = await statusesOf(at.output, at.grid, jobs);
  if (json) printJson({ ...statusCounts(runs), runs });
  else printResult(`${statusTable(runs)}\n`);
}

/** How long Slurm is waited for, in seconds: how far runs are is seen in their folders too. */
const patience = 10;

async function jobsIfKnown({ grid }: GridAt): Promise<ReadonlyMap<string, Job> | undefined> {
  const { jobsOf } = await import('../runtime/grid/jobs.js');
  try {
    return await jobsOf(grid, patience);
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    printNote(`warning: ${error.message}; what follows is by the runs' folders alone\n`);
    return undefined;
  }
}
