import { resolve } from 'node:path';
import type { PlannedRun } from '../runtime/ablation/ablation.js';
import { clearFailure } from '../runtime/ablation/failure.js';
import { type Resources, resourcesOf } from '../runtime/ablation/resources.js';
import { counted } from '../runtime/errors/counted.js';
import { forgetCancelled } from '../runtime/grid/cancelled.js';
import { type Grid, gridOf, gridRuns, readGrid, writeGrid } from '../runtime/grid/grid.js';
import type { Job } from '../runtime/grid/job.js';
import { type RaySubmission, rayApi } from '../runtime/grid/ray/api.js';
import { runOnRay } from '../runtime/grid/ray/run-on-ray.js';
import { submissionOf } from '../runtime/grid/ray/submission.js';
import { openSite, type Site } from '../runtime/grid/site.js';
import { longestArray, type SlurmRequest, slurmPlan } from '../runtime/grid/slurm/plan.js';
import { submitToSlurm } from '../runtime/grid/slurm/submit.js';
import type { Start } from '../runtime/grid/start.js';
import { holding } from '../runtime/runs/lock.js';
import { type AblateOptions, type Opened, reportOnly, runAndReport } from './ablate.js';
import { printJson } from './failure.js';
import { liveJobs } from './live-jobs.js';
import { printNote, printResult } from './output.js';

/** A grid on its way to a cluster. */
interface Order {
  readonly opened: Opened;
  readonly options: AblateOptions;
  readonly site: Site;
  readonly grid: Grid;
  readonly start: Start;
  /** With a scheduler already, by the name of the run. */
  readonly live: ReadonlyMap<string, Job>;
  /** Not done, and with no scheduler. */
  readonly left: readonly PlannedRun[];
}

/** Gives the runs that are not done to Slurm or Ray, or shows what would be given. Submitting twice adds nothing. */
export async function ablateOnCluster(opened: Opened, options: AblateOptions): Promise<void> {
  const { output } = opened.ablation;
  const site = openSite(options.site);
  if (options.dryRun) return show(await orderOf(opened, options, site));
  await holding(output, async () => {
    await forgetCancelled(output);
    const order = await orderOf(opened, options, site);
    await (options.on === 'slurm' ? submit(order) : workOnRay(order));
  });
}

async function orderOf(opened: Opened, options: AblateOptions, site: Site): Promise<Order> {
  const { ablation, identities, states } = opened;
  const earlier = await readGrid(ablation.output);
  const grid = gridOf(options.on, gridRuns(ablation, identities), earlier);
  const head = options.on === 'ray' ? site.ray.address : null;
  const live = await liveJobs(ablation.output, earlier, grid, head);
  const left = ablation.runs.filter((run) => states.get(run) !== 'done' && !live.has(run.name));
  return { opened, options, site, grid, start: startOf(opened, options, grid), live, left };
}

function startOf({ path, ablation }: Opened, options: AblateOptions, { id }: Grid): Start {
  const set = options.set.flatMap((one) => ['--set', one]);
  const force = options.force ? ['--force'] : [];
  return {
    folder: process.cwd(),
    grid: id,
    program: [process.execPath, ...process.execArgv, resolve(process.argv[1]!)],
    args: ['ablate', path, '--out', ablation.output, ...set, ...force],
  };
}

/** What a run is given; runs of a variant are given the same. */
function resourcesFor({ opened, options, site }: Order): (run: PlannedRun) => Resources {
  const known = new Map<string, Resources>();
  const said = [options, opened.ablation.resources, site.resources];
  return (run) => {
    const resources = known.get(run.variant) ?? resourcesOf(run, said);
    known.set(run.variant, resources);
    return resources;
  };
}

function slurmRequest(order: Order): SlurmRequest {
  const { opened, options, grid, start, site, left } = order;
  const resources = resourcesFor(order);
  const wanted = left.map((run) => ({ run: run.name, resources: resources(run) }));
  const { output } = opened.ablation;
  return { grid, output, wanted, atOnce: options.jobs ?? null, start, site };
}

async function show(order: Order): Promise<void> {
  const { options } = order;
  if (options.on === 'slurm') {
    const scripts = await scriptsOf(order);
    if (options.json) printJson({ ...counts(order), scripts });
    else printResult(scripts.map((script) => `sbatch <<'EOF'\n${script}EOF\n`).join('\n'));
  } else {
    const jobs = postsOf(order);
    if (options.json) printJson({ ...counts(order), jobs });
    else for (const job of jobs) printResult(`POST /api/jobs/ ${JSON.stringify(job, null, 2)}\n`);
  }
  if (!options.json) printNote(`${told(order)}\n`);
}

async function scriptsOf(order: Order): Promise<readonly string[]> {
  if (order.left.length === 0) return [];
  const { arrays, report } = slurmPlan(slurmRequest(order), await longestArray());
  return [...arrays.map(({ script }) => script), report];
}

function postsOf(order: Order): readonly RaySubmission[] {
  const resources = resourcesFor(order);
  return order.left.map((run) => {
    const attempt = (order.grid.ray?.attempts[run.name] ?? 0) + 1;
    return submissionOf({ run, resources: resources(run) }, attempt, order);
  });
}

async function submit(order: Order): Promise<void> {
  const { opened, options, grid, live, left } = order;
  const { output } = opened.ablation;
  if (left.length === 0 && live.size === 0) return reportOnly(opened, options);
  const request = slurmRequest(order);
  const plan = slurmPlan(request, await longestArray());
  for (const run of left) await clearFailure(run);
  let arrays = grid.slurm?.arrays ?? [];
  const jobs = await submitToSlurm(request, plan, async (array) => {
    arrays = [...arrays, array];
    await writeGrid(output, { ...grid, slurm: { arrays } });
  });
  if (options.json) printJson({ ...counts(order), jobs });
  else printResult(`${told(order)}\nnetc status ${output} tells how far they are\n`);
}

function counts({ opened, live, left }: Order) {
  const runs = opened.ablation.runs.length;
  return { runs, done: runs - live.size - left.length, live: live.size, submitted: left.length };
}

function told(order: Order): string {
  const { runs, done, live, submitted } = counts(order);
  const begin = order.options.dryRun ? 'to submit' : 'submitted';
  const rest = `${done} done, ${live} queued or running already`;
  return `${submitted} of ${counted(runs, 'run')} ${begin}; ${rest}`;
}

async function workOnRay(order: Order): Promise<void> {
  const { opened, options, site, grid, start } = order;
  const { ablation, identities, states } = opened;
  const api = rayApi(site.ray.address);
  const resources = resourcesFor(order);
  const here = ablation.runs.filter((run) => states.get(run) !== 'done');
  const runs = here.map((run) => ({
    run,
    identity: identities.get(run)!,
    resources: resources(run),
  }));
  await writeGrid(ablation.output, {
    ...grid,
    ray: { attempts: {}, ...grid.ray, address: api.address },
  });
  const { output } = ablation;
  const request = { grid, output, runs, atOnce: options.jobs ?? null, api, start, site };
  const onNote = (line: string): void => printNote(`${line}\n`);
  await runAndReport(
    opened,
    (watcher) => runOnRay({ ...request, watcher, onNote }),
    options.json ?? false,
    `what Ray was given goes on; the same command waits for it, netc cancel ${output} ends it`,
  );
}
