import { type Command, Option } from 'commander';
import type { Split } from '../runtime/evaluation/subject.js';
import type { Settings } from '../runtime/experiments/open-experiment.js';
import { type EmptyRule, emptyRules } from '../runtime/experiments/options/evaluation.js';
import { type WeightName, weightNames } from '../runtime/runs/weights-of-run.js';
import { engineOption } from './engine-option.js';
import { printJson } from './failure.js';
import { forceOption } from './force-option.js';
import { collect } from './model-command.js';
import { outOption } from './out-option.js';
import { printResult, redraw } from './output.js';
import { asksForProcess, orApart } from './own-process.js';

interface EvaluateOptions {
  readonly set: readonly string[];
  readonly data?: string;
  readonly engine?: string;
  readonly weights?: WeightName;
  readonly ensemble?: readonly string[];
  readonly split: Split;
  readonly empty?: EmptyRule;
  readonly out?: string;
  readonly perImage?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `--weights`, of the commands that take a run. */
export const weightsOption = (): Option =>
  new Option(
    '--weights <name>',
    'which checkpoint: best by validation score, or last; by default best if the run has it',
  ).choices(weightNames);

/** `--ensemble`, of the same commands. */
export const ensembleOption = (): Option =>
  new Option('--ensemble <run...>', 'runs of the same network, whose probabilities are averaged');

export function registerEvaluate(program: Command): void {
  const command = program
    .command('evaluate')
    .description(
      'Scores a run on its test images, or on others; writes metrics, curves, maps and overlays.',
    )
    .argument('<run>', "a run's folder")
    .option(
      '--set <key=value>',
      'set a key of the experiment, such as data.root; repeat for more',
      collect,
      [],
    )
    .option(
      '--data <folder>',
      'score other images of the same layout (data.root): their test images where they have a test split, else all',
    )
    .addOption(engineOption())
    .addOption(weightsOption())
    .addOption(ensembleOption())
    .addOption(
      new Option('--split <name>', 'which images to score')
        .choices(['test', 'validation'] satisfies Split[])
        .default('test'),
    )
    .addOption(
      new Option(
        '--empty <rule>',
        'a metric with a zero denominator: skip leaves it out, one counts it as 1, as challenges do',
      ).choices(emptyRules),
    )
    .addOption(forceOption())
    .option('--per-image', 'also print the scores of each image')
    .option('--json', 'print one JSON object')
    .action(run);
  outOption(
    command,
    '<folder>',
    "where scores go; by default the run, or evaluations/ in it where they are not of the run's own test images",
  );
}

async function run(folder: string, options: EvaluateOptions): Promise<void> {
  const { evaluate } = await import('../runtime/tasks/evaluate.js');
  const { printReport } = await import('../runtime/reports/scores.js');
  const { perImage = false, json } = options;
  const request = {
    ...options,
    settings: await settings(options),
    others: isExternal(options),
    force: options.force ?? false,
    asksForProcess: asksForProcess(),
    onImage(done: number, all: number) {
      redraw(`${done} of ${all} images`, done === all);
    },
  };
  const scored = await orApart(() => evaluate(folder, request));
  if (!scored) return;
  const { report, out } = scored;
  if (json) printJson({ ...report, folder: out });
  else {
    const where = `scores, maps and overlays: ${out}/report.html, metrics.json, predictions/`;
    printResult(`${printReport(report, { perImage })}\n${where}\n`);
  }
}

/** `--out` is where scores go, and not the run's folder. */
async function settings({ out: _, empty, ...options }: EvaluateOptions): Promise<Settings> {
  const { settingsOf } = await import('./experiment-options.js');
  const { set, flags } = settingsOf(options);
  const given = { name: '--empty', path: ['evaluation', 'empty'], value: empty };
  return { set, flags: empty === undefined ? flags : [...flags, given] };
}

/** Whether images are scored that are not the run's, and nobody says which of them. */
const isExternal = ({ data, split, set }: EvaluateOptions): boolean =>
  data !== undefined && split === 'test' && !set.some((one) => /^\.?data(=|\.split[.=])/.test(one));
