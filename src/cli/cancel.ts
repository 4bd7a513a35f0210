import type { Command } from 'commander';
import { counted } from '../runtime/errors/counted.js';
import { gridAt } from './grid-at.js';
import { outOption } from './out-option.js';
import { printResult } from './output.js';

export function registerCancel(program: Command): void {
  const command = program
    .command('cancel')
    .description("Takes an ablation's runs from a cluster; those that run keep their checkpoints.")
    .argument('<ablation>', 'its YAML file, or the folder of its runs and report')
    .action(run);
  outOption(command, '<folder>', 'the folder of runs and report, where the ablation was given one');
}

async function run(path: string, { out }: { readonly out?: string }): Promise<void> {
  const { markCancelled } = await import('../runtime/grid/cancelled.js');
  const { isLive } = await import('../runtime/grid/job.js');
  const { jobsOf } = await import('../runtime/grid/jobs.js');
  const { cancelSlurm } = await import('../runtime/grid/slurm/submit.js');
  const { cancelRay } = await import('../runtime/grid/ray/jobs.js');
  const { rayApi } = await import('../runtime/grid/ray/api.js');
  const { output, grid } = await gridAt(path, out);
  if (grid.ray) await markCancelled(output);
  const live = [...(await jobsOf(grid)).values()].filter(isLive).length;
  if (grid.slurm) await cancelSlurm(grid);
  if (grid.ray) await cancelRay(grid, rayApi(grid.ray.address));
  const way = grid.on === 'local' && live === 0 ? '; end a local ablation by Ctrl-C' : '';
  printResult(`${counted(live, 'job')} cancelled; netc ablate goes on from there${way}\n`);
}
