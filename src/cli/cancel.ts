import type { Command } from 'commander';
import { counted } from '../runtime/errors/counted.js';
import type { Grid } from '../runtime/grid/grid.js';
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
  const failures: unknown[] = [];
  // One that does not answer does not keep the other's jobs.
  const cancelled = async (part: Grid, cancel: () => Promise<void>): Promise<number> => {
    try {
      const live = [...(await jobsOf(part)).values()].filter(isLive).length;
      await cancel();
      return live;
    } catch (error) {
      failures.push(error);
      return 0;
    }
  };
  const { slurm, ray } = grid;
  let live = 0;
  if (slurm) live += await cancelled({ ...grid, ray: null }, () => cancelSlurm(grid));
  if (ray) {
    const api = rayApi(ray.address);
    live += await cancelled({ ...grid, slurm: null }, () => cancelRay(grid, api));
  }
  const way = grid.on === 'local' && live === 0 ? '; end a local ablation by Ctrl-C' : '';
  printResult(`${counted(live, 'job')} cancelled; netc ablate goes on from there${way}\n`);
  if (failures.length > 0) throw failures[0];
}
