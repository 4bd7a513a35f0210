import type { Command } from 'commander';
import { engineOption } from './engine-option.js';
import { printJson } from './failure.js';
import { collect } from './model-command.js';

interface EvaluateOptions {
  readonly set: readonly string[];
  readonly data?: string;
  readonly engine?: string;
  readonly json?: boolean;
}

export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('Scores a run on its test images; writes metrics, maps and overlays into it.')
    .argument('<run>', "a run's folder")
    .option(
      '--set <key=value>',
      'a key of the experiment, as data.root; again for more',
      collect,
      [],
    )
    .option('--data <folder>', 'other images of the same layout: data.root')
    .addOption(engineOption())
    .option('--json', 'print one JSON object')
    .action(run);
}

async function run(folder: string, options: EvaluateOptions): Promise<void> {
  const { openExperiment, prepare } = await import('../runtime/prepare.js');
  const { openEngine } = await import('../runtime/open-engine.js');
  const { checkpointPath, readCheckpoint } = await import('../runtime/training/checkpoint.js');
  const { evaluateRun } = await import('../runtime/evaluation/evaluate-run.js');
  const { writeRunReport } = await import('../runtime/reports/html/run-report.js');
  const { printReport } = await import('../runtime/reports/scores.js');
  const { experimentPath, readPreprocessing } = await import('../runtime/training/run-folder.js');
  const { settingsOf } = await import('./experiment-options.js');

  const loaded = openExperiment(experimentPath(folder), settingsOf(options));
  const preprocessing = await readPreprocessing(folder);
  const prepared = { ...(await prepare(loaded)), preprocessing };
  const { experiment, network } = prepared;
  const state = await readCheckpoint(checkpointPath(folder), network.program);
  const engine = await openEngine(network.program, experiment.engine);
  const report = await evaluateRun(engine, prepared, state, folder, (done, all) => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${done} of ${all} images${done === all ? '\n' : ''}`);
  });
  await writeRunReport(folder);
  if (options.json) printJson(report);
  else process.stdout.write(`${printReport(report)}\nmaps and overlays: ${folder}/predictions\n`);
  await engine.close();
}
