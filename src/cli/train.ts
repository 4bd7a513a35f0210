import { type Command, Option } from 'commander';
import type { Settings } from '../runtime/experiments/open-experiment.js';
import { type ExperimentOptions, experimentOptions, settingsOf } from './experiment-options.js';
import { printDiagnostics, printJson } from './failure.js';
import { outcomeText } from './outcome.js';
import { printNote, printResult } from './output.js';
import { targetOf } from './resume-option.js';
import { onSignals } from './signals.js';

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
    .option('--profile', 'report at the end where the time went, by blocks and lines too')
    .option('--json', 'print one JSON object at the end');
  experimentOptions(command).action(run);
}

async function run(
  given: string | undefined,
  options: TrainOptions,
  command: Command,
): Promise<void> {
  const { beginTraining, finishTraining } = await import('../runtime/tasks/train.js');
  const { stepsOf } = await import('../runtime/experiments/experiment.js');
  const { printProfile } = await import('../runtime/reports/profile.js');
  const { printProfiled } = await import('../runtime/reports/measured.js');
  const { trainingProgress } = await import('../runtime/reports/progress.js');

  const { path, run: named } = targetOf(given, options.resume, command);
  const opened = await beginTraining(path, {
    settings: trainSettings(options, named),
    resume: options.resume !== undefined,
    overwrite: options.overwrite ?? false,
    profile: options.profile ?? false,
    command: process.argv.slice(2),
    onWarnings: (warnings) => printDiagnostics(warnings, false),
    onNote: (line) => printNote(`${line}\n`),
  });
  const { prepared, engine, folder, point, profile } = opened;
  const { network, experiment } = prepared;
  const steps = stepsOf(experiment);
  const signals = watchSignals();
  const from = opened.isResumed ? ` from step ${point.step}` : '';
  printNote(`${network.graph.name}: ${steps} steps${from} on ${engine.description}\n`);
  const progress = trainingProgress(steps, point.step, process.stderr);
  const { profiled, ...outcome } = await finishTraining(opened, {
    onStep: progress.update,
    onValidation: (done, scores, best) => progress.validated(done, { ...scores }, best),
    stopped: () => signals.status() !== undefined,
  }).finally(progress.stop);
  signals.release();

  if (options.json)
    printJson({
      run: folder,
      model: network.graph.name,
      ...outcome,
      ...(profiled && { profiled }),
    });
  else printResult(`${folder}: ${outcomeText(outcome, experiment, folder)}\n`);
  if (options.profile) {
    const peak = process.resourceUsage().maxRSS * 1024;
    printNote(`${printProfile(profile.times(), peak)}\n`);
    if (profiled) printNote(`\n${printProfiled(profiled, ['block', 'line'])}\n`);
  }
  if (!outcome.completed) process.exitCode = signals.status();
}

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
