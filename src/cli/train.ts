import { type Command, Option } from 'commander';
import type { Settings } from '../runtime/prepare.js';
import { experimentPath } from '../runtime/training/run-folder.js';
import { type ExperimentOptions, experimentOptions, settingsOf } from './experiment-options.js';
import { printDiagnostics, printJson } from './failure.js';
import { outcomeText } from './outcome.js';
import { targetOf } from './resume-option.js';
import { version } from './version.js';

interface TrainOptions extends ExperimentOptions {
  readonly overwrite?: boolean;
  readonly resume?: string | true;
  readonly tensorboard: boolean;
  readonly json?: boolean;
  readonly profile?: boolean;
}

export function registerTrain(program: Command): void {
  const command = program
    .command('train')
    .description('Trains what an experiment describes and keeps it in a run folder.')
    .argument('[experiment]', "a YAML file; with --resume a run's folder too")
    .option('--overwrite', 'replace an earlier run in the same folder')
    .addOption(
      new Option(
        '--resume [run]',
        "go on with a run that was interrupted, by its folder or by its experiment's output",
      ).conflicts('overwrite'),
    )
    .option('--no-tensorboard', 'write no event files for TensorBoard')
    .option('--profile', 'say at the end where the time went')
    .option('--json', 'print one JSON object at the end');
  experimentOptions(command).action(run);
}

/**
 * Everything is read, checked and opened before the run's folder is made, so bad input leaves
 * nothing behind.
 */
async function run(
  given: string | undefined,
  options: TrainOptions,
  command: Command,
): Promise<void> {
  const { openExperiment, prepare } = await import('../runtime/prepare.js');
  const { openEngine } = await import('../runtime/open-engine.js');
  const { batchesOf, beginning, train } = await import('../runtime/training/train-run.js');
  const { createRunFolder, readPreprocessing, requireFree } = await import(
    '../runtime/training/run-folder.js'
  );
  const { runFiles } = await import('../runtime/training/provenance.js');
  const { resume } = await import('../runtime/training/resume.js');
  const { stepsOf } = await import('../runtime/experiments/experiment.js');
  const { recordUsage } = await import('../runtime/training/usage.js');
  const { writeCurves } = await import('../runtime/reports/html/run-report.js');
  const { Profile, printProfile } = await import('../runtime/reports/profile.js');
  const { trainingProgress } = await import('../runtime/reports/progress.js');

  const { path, run: named } = targetOf(given, options.resume, command);
  const loaded = openExperiment(path, trainSettings(options, named));
  const folder = loaded.experiment.output;
  const resumes = options.resume !== undefined;
  const was = resumes ? openExperiment(experimentPath(folder), noSettings).experiment : undefined;
  if (!was) await requireFree(folder, options.overwrite ?? false);
  const fitted = await prepare(loaded);
  const prepared = was ? { ...fitted, preprocessing: await readPreprocessing(folder) } : fitted;
  const { network, experiment } = prepared;
  printDiagnostics(network.warnings, false);
  const profile = new Profile();
  const batches = profile.batches(batchesOf(prepared));
  // An image that cannot be read, or is too small, is told before anything is written.
  await batches.next(0);
  const engine = profile.engine(await openEngine(network.program, experiment.engine));
  const files = await runFiles(prepared, engine, version(), process.argv.slice(2));
  const { point, warnings } = was
    ? await resume(folder, prepared, was, files)
    : { point: beginning(prepared), warnings: [] };
  if (!was) await createRunFolder(folder, files);
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);

  const steps = stepsOf(experiment);
  const signals = watchSignals();
  const from = was ? ` from step ${point.step}` : '';
  process.stderr.write(`${network.graph.name}: ${steps} steps${from} on ${engine.description}\n`);
  const progress = trainingProgress(steps, point.step, process.stderr);
  const outcome = await train(engine, prepared, batches, folder, point, {
    onStep: progress.update,
    onValidation: (done, scores, best) => progress.validated(done, { ...scores }, best),
    stopped: () => signals.status() !== undefined,
  }).finally(progress.stop);
  if (outcome.completed) await recordUsage(folder, outcome);
  await writeCurves(folder);
  signals.release();

  if (options.json) printJson({ run: folder, model: network.graph.name, ...outcome });
  else process.stdout.write(`${folder}: ${outcomeText(outcome, experiment, folder)}\n`);
  if (options.profile) {
    const peak = process.resourceUsage().maxRSS * 1024;
    process.stderr.write(`${printProfile(profile.times(), peak)}\n`);
  }
  if (!outcome.completed) process.exitCode = signals.status();
  await batches.close();
  await engine.close();
}

const noSettings: Settings = { set: [], flags: [] };

/** The options as settings; a run that is named is the output. */
function trainSettings(options: TrainOptions, named: string | undefined): Settings {
  const { set, flags } = settingsOf(named === undefined ? options : { ...options, out: named });
  const path = ['logs', 'tensorboard'];
  const quiet = options.tensorboard ? [] : [{ name: '--no-tensorboard', path, value: false }];
  return { set, flags: [...flags, ...quiet] };
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
