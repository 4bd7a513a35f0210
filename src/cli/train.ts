import { type Command, Option } from 'commander';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import type { Settings } from '../runtime/experiments/open-experiment.js';
import { type NanPolicy, nanPolicies } from '../runtime/experiments/options/training.js';
import { type ExperimentOptions, experimentOptions, settingsOf } from './experiment-options.js';
import { printDiagnostics, printJson } from './failure.js';
import { forceOption, inTrainAndTest } from './force-option.js';
import { outcomeText } from './outcome.js';
import { printNote, printResult } from './output.js';
import { asksForProcess, orApart } from './own-process.js';
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
  readonly force?: boolean;
  readonly onNan?: NanPolicy;
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
    .addOption(
      new Option(
        '--on-nan <policy>',
        'what a step does whose loss is NaN or infinite: stop ends training, skip leaves the step out',
      ).choices(nanPolicies),
    )
    .addOption(forceOption(inTrainAndTest))
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
  const request = {
    settings: trainSettings(options, named),
    resume: options.resume !== undefined,
    overwrite: options.overwrite ?? false,
    profile: options.profile ?? false,
    force: options.force ?? false,
    asksForProcess: asksForProcess(),
    command: process.argv.slice(2),
    onWarnings: (warnings: readonly Diagnostic[]) => printDiagnostics(warnings, false),
    onNote: (line: string) => printNote(`${line}\n`),
  };
  const opened = await orApart(() => beginTraining(path, request));
  if (!opened) return;
  const { prepared, engine, folder, point, profile } = opened;
  const { network, experiment } = prepared;
  const steps = stepsOf(experiment);
  const signals = watchSignals();
  const from = opened.isResumed ? ` from step ${point.step}` : '';
  printNote(`${network.graph.name}: ${steps} steps${from} on ${engine.description}\n`);
  const progress = trainingProgress(steps, point.step, process.stderr);
  let skipped = 0;
  const { profiled, ...outcome } = await finishTraining(opened, {
    onStep: progress.update,
    onSkipped(done) {
      skipped++;
      if (skipped <= skipsTold) progress.note(skippedText(done));
    },
    onWarning: (line) => progress.note(`warning: ${line}`),
    onValidation: (done, scores, best) => progress.validated(done, { ...scores }, best),
    stopped: () => signals.status() !== undefined,
  }).finally(progress.stop);
  signals.release();
  if (skipped > 0) printNote(`warning: ${skipped} steps were skipped\n`);

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

/** How many skipped steps are told one by one; the end says how many there were. */
const skipsTold = 10;

const skippedText = (done: number): string =>
  `warning: step ${done} is skipped: its loss or its gradients are NaN or infinite`;

/** The options as settings; a run that is named is the output. */
function trainSettings(options: TrainOptions, named: string | undefined): Settings {
  const { set, flags } = settingsOf(named === undefined ? options : { ...options, out: named });
  const { tensorboard, weights, map, onNan } = options;
  const own = [
    {
      name: '--no-tensorboard',
      path: ['logs', 'tensorboard'],
      value: tensorboard ? undefined : false,
    },
    { name: '--weights', path: ['weights', 'from'], value: weights },
    { name: '--map', path: ['weights', 'map'], value: map },
    { name: '--on-nan', path: ['onNan'], value: onNan },
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
