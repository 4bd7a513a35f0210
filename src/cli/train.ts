import { type Command, Option } from 'commander';
import type { Settings } from '../runtime/experiments/open-experiment.js';
import { experimentPath } from '../runtime/runs/folder.js';
import { type ExperimentOptions, experimentOptions, settingsOf } from './experiment-options.js';
import { printDiagnostics, printJson } from './failure.js';
import { outcomeText } from './outcome.js';
import { targetOf } from './resume-option.js';
import { onSignals } from './signals.js';
import { version } from './version.js';

interface TrainOptions extends ExperimentOptions {
  readonly overwrite?: boolean;
  readonly resume?: string | true;
  readonly weights?: string;
  readonly map?: string;
  readonly tensorboard: boolean;
  readonly json?: boolean;
  readonly profile?: boolean;
}

export function registerTrain(program: Command): void {
  const command = program
    .command('train')
    .description('Trains what an experiment describes and keeps the result in a run folder.')
    .argument('[experiment]', "a YAML file; with --resume also a run's folder")
    .option('--overwrite', 'replace an earlier run in the same folder')
    .addOption(
      new Option(
        '--resume [run]',
        "continue an interrupted run, named by its folder or by its experiment's output",
      ).conflicts('overwrite'),
    )
    .option(
      '--weights <path>',
      "start from these weights: a run's folder, safetensors or a .pth file",
    )
    .option('--map <file>', 'the map of the names in that file: models/maps/*.yaml')
    .option('--no-tensorboard', 'write no event files for TensorBoard')
    .option('--profile', 'report at the end where the time went')
    .option('--json', 'print one JSON object at the end');
  experimentOptions(command).action(run);
}

async function run(
  given: string | undefined,
  options: TrainOptions,
  command: Command,
): Promise<void> {
  const { train } = await import('../runtime/training/train-run.js');
  const { stepsOf } = await import('../runtime/experiments/experiment.js');
  const { recordUsage } = await import('../runtime/runs/record.js');
  const { writeCurves } = await import('../runtime/reports/html/run-report.js');
  const { printProfile } = await import('../runtime/reports/profile.js');
  const { trainingProgress } = await import('../runtime/reports/progress.js');

  const opened = await open(given, options, command);
  const { prepared, engine, batches, folder, point, profile } = opened;
  const { network, experiment } = prepared;
  const steps = stepsOf(experiment);
  const signals = watchSignals();
  const from = opened.isResumed ? ` from step ${point.step}` : '';
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

/**
 * Everything is read, checked and opened before the run's folder is made, so bad input leaves
 * nothing behind.
 */
async function open(given: string | undefined, options: TrainOptions, command: Command) {
  const { openExperiment } = await import('../runtime/experiments/open-experiment.js');
  const { prepare } = await import('../runtime/preparation/prepare.js');
  const { openEngine } = await import('../runtime/engines/open-engine.js');
  const { batchesOf, beginning } = await import('../runtime/training/train-run.js');
  const { firstFiles, startOf } = await import('../runtime/training/start.js');
  const { createRunFolder, requireFree } = await import('../runtime/runs/folder.js');
  const { readPreprocessing } = await import('../runtime/runs/record.js');
  const { runFiles } = await import('../runtime/runs/provenance.js');
  const { requireScorable } = await import('../runtime/training/validation/scorable.js');
  const { resume } = await import('../runtime/training/resume.js');
  const { Profile } = await import('../runtime/reports/profile.js');
  const { nothingToScore } = await import('../runtime/evaluation/nothing-to-score.js');

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
  const start = was ? undefined : await startOf(prepared);
  const profile = new Profile();
  const batches = profile.batches(batchesOf(prepared));
  // An image that cannot be read, or is too small, is told before anything is written.
  await batches.next(0);
  await requireScorable(prepared);
  const engine = profile.engine(await openEngine(network.program, experiment.engine));
  const weights = start?.weights ?? null;
  const { record, files } = await runFiles(
    prepared,
    engine,
    version(),
    process.argv.slice(2),
    weights,
  );
  const { point, warnings } = was
    ? await resume(folder, prepared, was, record)
    : { point: beginning(start!.state), warnings: [] };
  if (!was) await createRunFolder(folder, { ...files, ...firstFiles(prepared, point) });
  for (const note of start?.notes ?? []) process.stderr.write(`${note}\n`);
  const { dataset } = prepared;
  const unscored = dataset.test.length === 0 ? [nothingToScore(dataset, 'test')] : [];
  for (const warning of [...warnings, ...unscored]) process.stderr.write(`warning: ${warning}\n`);
  return { prepared, engine, batches, folder, point, profile, isResumed: was !== undefined };
}

const noSettings: Settings = { set: [], flags: [] };

/** The options as settings; a run that is named is the output. */
function trainSettings(options: TrainOptions, named: string | undefined): Settings {
  const { set, flags } = settingsOf(named === undefined ? options : { ...options, out: named });
  const { tensorboard, weights, map } = options;
  const own = [
    {
      name: '--no-tensorboard',
      path: ['logs', 'tensorboard'],
      value: tensorboard ? undefined : false,
    },
    { name: '--weights', path: ['weights', 'from'], value: weights },
    { name: '--map', path: ['weights', 'map'], value: map },
  ];
  return { set, flags: [...flags, ...own.filter(({ value }) => value !== undefined)] };
}

/**
 * The first signal asks the training to end after its step; a second one ends the process at once.
 */
function watchSignals(): { status: () => number | undefined; release: () => void } {
  let caught: number | undefined;
  const release = onSignals((status) => {
    if (caught !== undefined) process.exit(status);
    caught = status;
  });
  return { status: () => caught, release };
}
