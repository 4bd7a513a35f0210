import type { Command } from 'commander';
import type { Ablation, PlannedRun } from '../runtime/ablation/ablation.js';
import type { Failure } from '../runtime/ablation/run-all.js';
import type { RunState } from '../runtime/ablation/run-state.js';
import { printJson } from './failure.js';
import { forceOption, inTrainAndTest } from './force-option.js';
import { collect } from './model-command.js';
import { outOption } from './out-option.js';
import { printNote, printResult } from './output.js';
import { parseWhole } from './size.js';

interface AblateOptions {
  readonly jobs: number;
  readonly set: readonly string[];
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly force?: boolean;
}

export function registerAblate(program: Command): void {
  const command = program
    .command('ablate')
    .description(
      'Trains and scores the variants of an experiment, and reports on them side by side.',
    )
    .argument('<ablation>', 'a YAML file')
    .option('--jobs <n>', 'how many runs at once', parseWhole(1), 1)
    .option('--set <key=value>', 'as for netc train, in every run; repeat for more', collect, [])
    .addOption(forceOption(inTrainAndTest))
    .option('--dry-run', 'list the runs and which of them are done, and stop')
    .option('--json', 'print one JSON object')
    .action(run);
  outOption(command, '<folder>', 'the folder of runs and report');
}

async function run(path: string, options: AblateOptions): Promise<void> {
  const { openAblation } = await import('../runtime/ablation/load-ablation.js');
  const { identitiesOf, stateOf } = await import('../runtime/ablation/run-state.js');
  const ablation = openAblation(path, options);
  const identities = await identitiesOf(ablation.runs);
  const states = new Map<PlannedRun, RunState>();
  for (const run of ablation.runs) states.set(run, await stateOf(run, identities.get(run)!));
  if (options.dryRun) await printPlan(ablation, states, options.json ?? false);
  else await runAndReport(ablation, states, options);
}

const stateWords: Readonly<Record<RunState, string>> = {
  none: 'to train',
  begun: 'begun, to train again',
  trained: 'to score',
  done: 'done',
};

async function printPlan(
  { runs }: Ablation,
  states: ReadonlyMap<PlannedRun, RunState>,
  json: boolean,
): Promise<void> {
  const { table } = await import('../runtime/reports/table.js');
  const plan = runs.map((run) => ({ run: run.folder, state: states.get(run)! }));
  if (json) printJson({ runs: plan });
  else {
    const rows = plan.map(({ run, state }) => [run, stateWords[state]]);
    printResult(`${table(['run', 'state'], rows)}\n`);
  }
}

async function runAndReport(
  ablation: Ablation,
  states: ReadonlyMap<PlannedRun, RunState>,
  { jobs, json, force = false }: AblateOptions,
): Promise<void> {
  const { runAll } = await import('../runtime/ablation/run-all.js');
  const { ablationProgress } = await import('../runtime/reports/ablation/progress.js');
  const { onSignals } = await import('./signals.js');

  const done = new Set(ablation.runs.filter((run) => states.get(run) === 'done'));
  const todo = ablation.runs.filter((run) => !done.has(run));
  const progress = ablationProgress(ablation.runs, states, process.stderr);
  const all = runAll(
    todo.map((run) => ({ run, state: states.get(run)! })),
    jobs,
    force,
    {
      ...progress,
      onEnd(run, failure) {
        if (!failure) done.add(run);
        progress.onEnd(run, failure);
      },
    },
  );
  let interrupted: number | undefined;
  const release = onSignals((status) => {
    interrupted ??= status;
    all.stop();
  });
  const failures = await all.ended;
  release();
  if (interrupted !== undefined) {
    printNote(
      `interrupted: ${done.size} of ${ablation.runs.length} runs are done; the same command goes on from there\n`,
    );
    process.exitCode = interrupted;
    return;
  }
  await report(ablation, done, failures, json ?? false);
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
