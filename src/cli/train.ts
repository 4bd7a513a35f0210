import type { Command } from 'commander';
import { type ExperimentOptions, experimentOptions, settingsOf } from './experiment-options.js';
import { printDiagnostics, printJson } from './failure.js';
import { version } from './version.js';

interface TrainOptions extends ExperimentOptions {
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

export function registerTrain(program: Command): void {
  const command = program
    .command('train')
    .description('Trains what an experiment describes and keeps it in a run folder.')
    .argument('<experiment>', 'a YAML file')
    .option('--overwrite', 'replace an earlier run in the same folder')
    .option('--json', 'print one JSON object at the end');
  experimentOptions(command).action(run);
}

/**
 * Everything is read, checked and opened before the run's folder is made, so bad input leaves
 * nothing behind.
 */
async function run(path: string, options: TrainOptions): Promise<void> {
  const { openExperiment, prepare } = await import('../runtime/prepare.js');
  const { openEngine } = await import('../runtime/open-engine.js');
  const { batchesOf, train } = await import('../runtime/training/train-run.js');
  const { createRunFolder, requireFree } = await import('../runtime/training/run-folder.js');
  const { runFiles } = await import('../runtime/training/provenance.js');
  const { stepsOf } = await import('../runtime/experiments/experiment.js');
  const { recordUsage } = await import('../runtime/training/usage.js');
  const { writeCurves } = await import('../runtime/reports/html/run-report.js');
  const { duration, trainingProgress } = await import('../runtime/reports/progress.js');

  const loaded = openExperiment(path, settingsOf(options));
  const folder = loaded.experiment.output;
  await requireFree(folder, options.overwrite ?? false);
  const prepared = await prepare(loaded);
  const { network, experiment } = prepared;
  printDiagnostics(network.warnings, false);
  const batchOf = await batchesOf(prepared);
  const engine = await openEngine(network.program, experiment.engine);
  await createRunFolder(folder, await runFiles(prepared, engine, version(), process.argv.slice(2)));

  const steps = stepsOf(experiment);
  const signals = watchSignals();
  process.stderr.write(`${network.graph.name}: ${steps} steps on ${engine.description}\n`);
  const progress = trainingProgress(steps, process.stderr);
  const outcome = await train(engine, prepared, batchOf, folder, {
    onStep: progress.update,
    stopped: () => signals.status() !== undefined,
  }).finally(progress.stop);
  if (outcome.completed) await recordUsage(folder, outcome);
  await writeCurves(folder);
  signals.release();

  const summary = { run: folder, model: network.graph.name, ...outcome };
  if (options.json) printJson(summary);
  else {
    const ended = outcome.completed ? 'trained' : 'interrupted; the checkpoint holds the state';
    const after = `${outcome.steps} steps, ${duration(outcome.seconds)}, loss ${outcome.loss.toFixed(4)}`;
    process.stdout.write(`${folder}: ${ended} after ${after}\n`);
  }
  if (!outcome.completed) process.exitCode = signals.status();
  await engine.close();
}

/** The exit statuses of a process that a signal ended. */
const statuses = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * The first signal asks the training to end after its step; a second one ends the process at once.
 */
function watchSignals(): { status: () => number | undefined; release: () => void } {
  let caught: number | undefined;
  const listener = (signal: NodeJS.Signals): void => {
    const status = statuses[signal as keyof typeof statuses];
    if (caught !== undefined) process.exit(status);
    caught = status;
  };
  for (const signal of Object.keys(statuses)) process.on(signal, listener);
  return {
    status: () => caught,
    release: () => {
      for (const signal of Object.keys(statuses)) process.off(signal, listener);
    },
  };
}
