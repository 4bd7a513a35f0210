import { type Command, Option } from 'commander';
import type { Ablation, PlannedRun } from '../runtime/ablation/ablation.js';
import type { Failure } from '../runtime/ablation/failure.js';
import type { RunWatcher } from '../runtime/ablation/one-run.js';
import type { RunAll } from '../runtime/ablation/run-all.js';
import type { RunState } from '../runtime/ablation/run-state.js';
import { printJson } from './failure.js';
import { forceOption, inTrainAndTest } from './force-option.js';
import { type GridOptions, gridOptions } from './grid-options.js';
import { collect } from './model-command.js';
import { outOption } from './out-option.js';
import { printNote, printResult } from './output.js';
import { parseWhole } from './size.js';

export interface AblateOptions extends GridOptions {
  readonly jobs?: number;
  readonly set: readonly string[];
  readonly out?: string;
  readonly only?: string;
  readonly reportOnly?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly force?: boolean;
}

/** The runs of an ablation, and how far each is. */
export interface Opened {
  readonly path: string;
  readonly ablation: Ablation;
  readonly identities: ReadonlyMap<PlannedRun, string>;
  readonly states: ReadonlyMap<PlannedRun, RunState>;
}

export function registerAblate(program: Command): void {
  const command = program
    .command('ablate')
    .description(
      'Trains and scores the variants of an experiment, and reports on them side by side.',
    )
    .argument('<ablation>', 'a YAML file')
    .option('--jobs <n>', 'how many runs at once; here 1, on a cluster as it allows', parseWhole(1))
    .option('--set <key=value>', 'as for netc train, in every run; repeat for more', collect, [])
    .addOption(forceOption(inTrainAndTest))
    .option('--dry-run', 'list the runs and which of them are done, or what --on would submit')
    .addOption(
      new Option('--only <run>', 'train and score this run alone, without a report').conflicts([
        'dryRun',
        'reportOnly',
      ]),
    )
    .addOption(new Option('--report-only', 'report on the runs that are done').conflicts('dryRun'))
    .option('--json', 'print one JSON object')
    .action(run);
  outOption(gridOptions(command), '<folder>', 'the folder of runs and report');
}

async function run(path: string, options: AblateOptions): Promise<void> {
  const opened = await open(path, options);
  if (options.only !== undefined) {
    const { runOnly } = await import('./ablate-only.js');
    await runOnly(opened, options);
  } else if (options.reportOnly) await reportOnly(opened, options);
  else if (options.on !== 'local') {
    const { ablateOnCluster } = await import('./ablate-on-cluster.js');
    await ablateOnCluster(opened, options);
  } else if (options.dryRun) await printPlan(opened, options.json ?? false);
  else await runHere(opened, options);
}

async function open(path: string, options: AblateOptions): Promise<Opened> {
  const { openAblation } = await import('../runtime/ablation/load-ablation.js');
  const { identitiesOf, stateOf } = await import('../runtime/ablation/run-state.js');
  const ablation = openAblation(path, options);
  const identities = await identitiesOf(ablation.runs);
  const states = new Map<PlannedRun, RunState>();
  for (const run of ablation.runs) states.set(run, await stateOf(run.folder, identities.get(run)!));
  return { path, ablation, identities, states };
}

const stateWords: Readonly<Record<RunState, string>> = {
  none: 'to train',
  begun: 'begun, to go on from its last checkpoint',
  trained: 'to score',
  done: 'done',
};

async function printPlan({ ablation, states }: Opened, json: boolean): Promise<void> {
  const { table } = await import('../runtime/reports/table.js');
  const plan = ablation.runs.map((run) => ({ run: run.folder, state: states.get(run)! }));
  if (json) printJson({ runs: plan });
  else {
    const rows = plan.map(({ run, state }) => [run, stateWords[state]]);
    printResult(`${table(['run', 'state'], rows)}\n`);
  }
}

async function runHere(opened: Opened, options: AblateOptions): Promise<void> {
  const { runAll } = await import('../runtime/ablation/run-all.js');
  const { gridOf, gridRuns, readGrid, writeGrid } = await import('../runtime/grid/grid.js');
  const { holding } = await import('../runtime/runs/lock.js');
  const { liveJobs } = await import('./live-jobs.js');
  const { ablation, identities, states } = opened;
  const { output } = ablation;
  const todo = ablation.runs.filter((run) => states.get(run) !== 'done');
  const runs = todo.map((run) => ({ run, identity: identities.get(run)! }));
  const { jobs = 1, force = false, json = false } = options;
  const start = (watcher: RunWatcher): RunAll => runAll(runs, jobs, force, watcher);
  await holding(output, async () => {
    const earlier = await readGrid(output);
    const grid = gridOf('local', gridRuns(ablation, identities), earlier);
    await liveJobs(output, earlier, grid, null);
    await writeGrid(output, grid);
    await runAndReport(opened, start, json, 'the same command goes on from there');
  });
}

/**
 * Waits for all runs, telling how they come along, and reports.
 * @param way how to go on after an interruption
 */
export async function runAndReport(
  { ablation, states }: Opened,
  start: (watcher: RunWatcher) => RunAll,
  json: boolean,
  way: string,
): Promise<void> {
  const { ablationProgress } = await import('../runtime/reports/ablation/progress.js');
  const { stoppable } = await import('./signals.js');
  const done = new Set(ablation.runs.filter((run) => states.get(run) === 'done'));
  const progress = ablationProgress(ablation.runs, states, process.stderr);
  const all = start({
    ...progress,
    onEnd(run, failure) {
      if (!failure) done.add(run);
      progress.onEnd(run, failure);
    },
  });
  const { end: failures, interrupted } = await stoppable(all);
  if (interrupted !== undefined) {
    printNote(`interrupted: ${done.size} of ${ablation.runs.length} runs are done; ${way}\n`);
    process.exitCode = interrupted;
    return;
  }
  await report(ablation, done, failures, json);
}

/** The report on what is done, and why the rest is not. */
export async function reportOnly(
  { ablation, states }: Opened,
  { json }: AblateOptions,
): Promise<void> {
  const { readFailure } = await import('../runtime/ablation/failure.js');
  const left = ablation.runs.filter((run) => states.get(run) !== 'done');
  const failures = (await Promise.all(left.map(readFailure))).filter((one) => one !== undefined);
  const done = new Set(ablation.runs.filter((run) => states.get(run) === 'done'));
  await report(ablation, done, failures, json ?? false);
  const unknown = left.length - failures.length;
  if (unknown > 0) printNote(`warning: ${unknown} of ${ablation.runs.length} runs are not done\n`);
}

async function report(
  ablation: Ablation,
  done: ReadonlySet<PlannedRun>,
  failures: readonly Failure[],
  json: boolean,
): Promise<void> {
  const { writeReport } = await import('../runtime/reports/ablation/write-report.js');
  const { jsonReport } = await import('../runtime/reports/ablation/data.js');
  const { printScores } = await import('../runtime/reports/ablation/text.js');
  // In the order of the ablation, whichever ended first.
  const runs = ablation.runs.filter((run) => done.has(run));
  const ordered = ablation.runs.flatMap(({ name }) => failures.filter(({ run }) => run === name));
  const summary = await writeReport(ablation, runs, ordered);
  if (json) printJson(jsonReport(summary));
  else printResult(`${printScores(summary)}\n`);
  for (const { run, during, lastLines } of ordered) {
    printNote(`error: ${run}: netc ${during} failed\n`);
    for (const line of lastLines) printNote(`  ${line}\n`);
  }
  if (failures.length > 0) process.exitCode = 1;
}
