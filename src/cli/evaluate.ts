import { type Command, Option } from 'commander';
import type { Split } from '../runtime/evaluation/subject.js';
import type { Experiment } from '../runtime/experiments/experiment.js';
import type { Settings } from '../runtime/experiments/open-experiment.js';
import { type EmptyRule, emptyRules } from '../runtime/experiments/options/evaluation.js';
import { type WeightName, weightNames } from '../runtime/runs/weights-of-run.js';
import { engineOption } from './engine-option.js';
import { printJson } from './failure.js';
import { collect } from './model-command.js';
import { outOption } from './out-option.js';

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
  readonly json?: boolean;
}

/** `--weights`, of the commands that take a run. */
export const weightsOption = (): Option =>
  new Option(
    '--weights <name>',
    'which checkpoint: that of the best validation or that of the end; best where the run has both',
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
        'metrics that would divide by zero: skip leaves them out, one counts them as 1, as challenges do',
      ).choices(emptyRules),
    )
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
  const { openExperiment } = await import('../runtime/experiments/open-experiment.js');
  const { prepare } = await import('../runtime/preparation/prepare.js');
  const { openEngine } = await import('../runtime/engines/open-engine.js');
  const { membersOf, openEnsemble, runOf } = await import('../runtime/prediction/open-runs.js');
  const { evaluateRun } = await import('../runtime/evaluation/evaluate-run.js');
  const { lacksFields, withFoundFields } = await import('../runtime/prediction/found-fields.js');
  const { destinationOf } = await import('../runtime/evaluation/destination.js');
  const { subjectOf } = await import('../runtime/evaluation/subject.js');
  const { writeRunReport } = await import('../runtime/reports/html/run-report.js');
  const { printReport } = await import('../runtime/reports/scores.js');
  const { experimentPath } = await import('../runtime/runs/folder.js');
  const { readPreprocessing } = await import('../runtime/runs/record.js');

  const path = experimentPath(folder);
  const { experiment: was } = openExperiment(path, { set: [], flags: [] });
  const how = { settings: await settings(folder, was, options), weights: options.weights };
  const preprocessing = await readPreprocessing(folder);
  const prepared = { ...(await prepare(openExperiment(path, how.settings))), preprocessing };
  const { experiment, network } = prepared;
  const first = await runOf(folder, prepared, options.weights);
  const runs = await openEnsemble(first, options.ensemble ?? [], how);
  const { split, perImage = false, json } = options;
  const [weights, ...others] = runs.map((run) => run.weights);
  const { subject, departures } = await subjectOf(folder, was, prepared, weights, split, others);
  const fieldsFound = lacksFields(prepared.dataset, first.fov, preprocessing.steps);
  const dataset = fieldsFound ? withFoundFields(prepared.dataset) : prepared.dataset;
  const scored = { ...prepared, dataset };
  const out = await destinationOf(subject, departures, options.out);
  const members = await membersOf(runs);
  const engine = await openEngine(network.program, experiment.engine);
  const onImage = (done: number, all: number): void => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${done} of ${all} images${done === all ? '\n' : ''}`);
  };
  const report = await evaluateRun(engine, scored, members, out, onImage, {
    ...subject,
    fieldsFound,
  });
  await writeRunReport(folder, out);
  if (json) printJson({ ...report, folder: out });
  else {
    const where = `scores, maps and overlays: ${out}/report.html, metrics.json, predictions/`;
    process.stdout.write(`${printReport(report, { perImage })}\n${where}\n`);
  }
  await engine.close();
}

/** `--out` is where scores go, and not the run's folder. */
async function settings(
  folder: string,
  was: Experiment,
  { out: _, ...options }: EvaluateOptions,
): Promise<Settings> {
  const { settingsOf } = await import('./experiment-options.js');
  const { set, flags } = settingsOf(options);
  const { empty } = options;
  const given = { name: '--empty', path: ['evaluation', 'empty'], value: empty };
  const own = empty === undefined ? flags : [...flags, given];
  if (!isExternal(options)) return { set, flags: own };
  const { holdsTestOfRun } = await import('../runtime/evaluation/subject.js');
  const { openExperiment } = await import('../runtime/experiments/open-experiment.js');
  const { experimentPath } = await import('../runtime/runs/folder.js');
  const { experiment } = openExperiment(experimentPath(folder), { set, flags: own });
  const isOwn = await holdsTestOfRun(folder, experiment.data);
  return { set, flags: isOwn ? own : [...own, ...(await external(folder, was, options.weights))] };
}

/** Whether images are scored that are not the run's, and nobody says which of them. */
const isExternal = ({ data, split, set }: EvaluateOptions): boolean =>
  data !== undefined && split === 'test' && !set.some((one) => /^\.?data(=|\.split[.=])/.test(one));

/** All of the images that are not the run's are scored, or what they keep apart for it, by the threshold that the run has. */
async function external(
  folder: string,
  { data, evaluation }: Experiment,
  wanted: WeightName | undefined,
) {
  const { thresholdOfRun } = await import('../runtime/runs/scores.js');
  const { weightsOfRun } = await import('../runtime/runs/weights-of-run.js');
  const weights = weightsOfRun(folder, wanted);
  const flag = (path: readonly string[], value: unknown) => ({ name: '--data', path, value });
  const chosen = evaluation.threshold === 'validation';
  return [
    ...('split' in data ? [flag(['data', 'split'], { kind: 'external' })] : []),
    ...(chosen
      ? [flag(['evaluation', 'threshold'], await thresholdOfRun(folder, evaluation, weights))]
      : []),
  ];
}
