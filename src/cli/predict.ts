import { type Command, InvalidArgumentError } from 'commander';
import type { WeightName } from '../runtime/evaluation/weights-of-run.js';
import { engineOption } from './engine-option.js';
import { weightsOption } from './evaluate.js';
import { printJson, status } from './failure.js';
import { collect } from './model-command.js';
import { outOption } from './out-option.js';

interface PredictOptions {
  readonly out: string;
  readonly set: readonly string[];
  readonly engine?: string;
  readonly weights?: WeightName;
  readonly threshold?: number;
  readonly json?: boolean;
}

export function registerPredict(program: Command): void {
  const command = program
    .command('predict')
    .description('Segments images with a trained run: probabilities, mask and overlay of each.')
    .argument('<run>', "a run's folder")
    .argument('<images...>', 'image files of any size')
    .option('--threshold <p>', "probabilities of at least this; else the run's own", share)
    .option(
      '--set <key=value>',
      'a key of the experiment, as evaluation.flips=true; again for more',
      collect,
      [],
    )
    .addOption(weightsOption())
    .addOption(engineOption())
    .option('--json', 'print one JSON object')
    .action(run);
  outOption(command, '<folder>', 'where they are written', { required: true });
}

async function run(
  folder: string,
  paths: readonly string[],
  options: PredictOptions,
): Promise<void> {
  const { openExperiment } = await import('../runtime/prepare.js');
  const { openEngine } = await import('../runtime/open-engine.js');
  const { checkExperiment } = await import('../runtime/experiments/check-experiment.js');
  const { readCheckpoint } = await import('../runtime/training/checkpoint.js');
  const { experimentPath, readPreprocessing } = await import('../runtime/training/run-folder.js');
  const { weightsOfRun } = await import('../runtime/evaluation/weights-of-run.js');
  const { predictFiles, stemsOf, thresholdOfRun } = await import(
    '../runtime/evaluation/predict-files.js'
  );
  const { settingsOf } = await import('./experiment-options.js');

  stemsOf(paths);
  const loaded = openExperiment(experimentPath(folder), settingsOf(options));
  const { experiment } = loaded;
  const preprocessing = await readPreprocessing(folder);
  const predictor = { experiment, network: checkExperiment(loaded), preprocessing };
  const threshold = options.threshold ?? (await thresholdOfRun(folder, predictor));
  const { name: weights, path } = weightsOfRun(folder, options.weights);
  const { program, graph } = predictor.network;
  const state = await readCheckpoint(path, program);
  const engine = await openEngine(program, experiment.engine);
  await engine.write(state);
  const done = await predictFiles(engine, predictor, threshold, paths, options.out, {
    onShare: progressOf(process.stderr),
    onError: ({ message }) => process.stderr.write(`error: ${message}\n`),
  });
  await engine.close();
  if (options.json) printJson({ run: folder, model: graph.name, weights, threshold, ...done });
  else {
    for (const { image, width, height, foreground, files } of done.images) {
      const shown = `${width}x${height}, ${(100 * foreground).toFixed(1)} % foreground`;
      process.stdout.write(`${image}: ${shown}, ${files.mask}\n`);
    }
  }
  if (done.errors.length > 0) process.exitCode = status.input;
}

/** How far an image is, on a terminal, where someone waits. */
function progressOf(stream: NodeJS.WriteStream): (path: string, share: number) => void {
  return (path, part) => {
    if (!stream.isTTY) return;
    stream.write(`\r${path}: ${Math.round(100 * part)} %${part === 1 ? '\r\x1b[K' : ''}`);
  };
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Not a number from 0 to 1.');
}
