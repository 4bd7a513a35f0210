import type { PlannedRun } from '../../ablation/ablation.js';
import type { Resources } from '../../ablation/resources.js';
import type { Grid } from '../grid.js';
import { shellWord } from '../shell.js';
import type { Site } from '../site.js';
import { type Start, startLine } from '../start.js';
import type { RaySubmission } from './api.js';
import { submissionId } from './jobs.js';

/** What is posted for an attempt of a run. */
export function submissionOf(
  { run, resources }: { readonly run: Pick<PlannedRun, 'name'>; readonly resources: Resources },
  attempt: number,
  { grid, start, site }: { readonly grid: Grid; readonly start: Start; readonly site: Site },
): RaySubmission {
  const { cpus, gpus, memory, time } = resources;
  const line = startLine([...start.args, '--only', run.name], start, site);
  const limited = time === null ? line : `timeout --signal=TERM --kill-after=60 ${time} ${line}`;
  const entrypoint = [
    `cd ${shellWord(start.folder)}`,
    `export NETC_GRID=${grid.id} NETC_THREADS=${cpus}`,
    ...site.setup,
    `exec ${limited}`,
  ].join(' && ');
  return {
    submission_id: submissionId(grid, run.name, attempt),
    entrypoint,
    entrypoint_num_cpus: cpus,
    entrypoint_num_gpus: gpus,
    entrypoint_memory: memory,
    metadata: { grid: grid.id, run: run.name },
  };
}
