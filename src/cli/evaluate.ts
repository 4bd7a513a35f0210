import { type Command, Option } from 'commander';
import type { Split } from '../runtime/evaluation/evaluate-run.js';
import { type WeightName, weightNames } from '../runtime/evaluation/weights-of-run.js';
import { engineOption } from './engine-option.js';
import { printJson } from './failure.js';
import { collect } from './model-command.js';

interface EvaluateOptions {
  readonly set: readonly string[];
  readonly data?: string;
  readonly engine?: string;
  readonly weights?: WeightName;
  readonly split: Split;
  readonly perImage?: boolean;
  readonly json?: boolean;
}

/** `--weights`, of the commands that take a run. */
export const weightsOption = (): Option =>
  new Option(
    '--weights <name>',
    'those of the best validation, or those at the end; best where the run has both',
  ).choices(weightNames);

export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('Scores a run on its test images; writes metrics, curves, maps and overlays.')
    .argument('<run>', "a run's folder")
    .option(
      '--set <key=value>',
      'a key of the experiment, as data.root; again for more',
      collect,
      [],
    )
    .option('--data <folder>', 'other images of the same layout: data.root')
    .addOption(engineOption())
    .addOption(weightsOption())
    .addOption(
      new Option('--split <name>', 'which images')
        .choices(['test', 'validation'] satisfies Split[])
        .default('test'),
    )
    .option('--per-image', 'print the scores of each image too')
    .option('--json', 'print one JSON object')
    .action(run);
}

async function run(folder: string, options: EvaluateOptions): Promise<void> {
  const { openExperiment, prepare } = await import('../runtime/prepare.js');
  const { openEngine } = await import('../runtime/open-engine.js');
  const { readCheckpoint } = await import('../runtime/training/checkpoint.js');
  const { evaluateRun } = await import('../runtime/evaluation/evaluate-run.js');
  const { writeRunReport } = await import('../runtime/reports/html/run-report.js');
  const { weightsOfRun } = await import('../runtime/evaluation/weights-of-run.js');
  const { printReport } = await import('../runtime/reports/scores.js');
  const { experimentPath, readPreprocessing } = await import('../runtime/training/run-folder.js');
  const { settingsOf } = await import('./experiment-options.js');

  const loaded = openExperiment(experimentPath(folder), settingsOf(options));
  const preprocessing = await readPreprocessing(folder);
  const prepared = { ...(await prepare(loaded)), preprocessing };
  const { experiment, network } = prepared;
  const { split, perImage = false, json } = options;
  const { name: weights, path } = weightsOfRun(folder, options.weights);
  const state = await readCheckpoint(path, network.program);
  const engine = await openEngine(network.program, experiment.engine);
  const onImage = (done: number, all: number): void => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${done} of ${all} images${done === all ? '\n' : ''}`);
  };
  const report = await evaluateRun(engine, prepared, state, folder, onImage, { split, weights });
  if (split === 'test') await writeRunReport(folder);
  const pictures = `${folder}/predictions${split === 'test' ? '' : '-validation'}`;
  if (json) printJson(report);
  else
    process.stdout.write(`${printReport(report, { perImage })}\nmaps and overlays: ${pictures}\n`);
  await engine.close();
}
