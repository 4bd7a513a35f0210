import { type Command, InvalidArgumentError, Option } from 'commander';
import { visible } from '../compiler/diagnostics/visible.js';
import type { PredictedImage } from '../runtime/prediction/predict-image.js';
import type { WeightName } from '../runtime/runs/weights-of-run.js';
import { engineOption } from './engine-option.js';
import { ensembleOption, weightsOption } from './evaluate.js';
import { printErrors, printJson, status } from './failure.js';
import { forceOption } from './force-option.js';
import { collect } from './model-command.js';
import { outOption } from './out-option.js';
import { printResult } from './output.js';
import { asksForProcess, orApart } from './own-process.js';

interface PredictOptions {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly force?: boolean;
  readonly fov?: string;
  readonly ensemble?: readonly string[];
  readonly set: readonly string[];
  readonly engine?: string;
  readonly weights?: WeightName;
  readonly threshold?: number;
  readonly size: 'image' | 'network';
  readonly maskName?: string;
  readonly numbers?: boolean;
  readonly probabilities: 'png' | 'npy';
  readonly json?: boolean;
}

export function registerPredict(program: Command): void {
  const command = program
    .command('predict')
    .description('Segments images with a trained run: probabilities, mask and overlay of each.')
    .argument('<run>', "a run's folder")
    .argument(
      '<images...>',
      'images of any size, folders of them, or patterns such as scans/{id}.png',
    )
    .option(
      '--fov <pattern>',
      'fields of view: a pattern such as masks/{id}_mask.gif; fundus finds them in each photograph; none is the whole frame',
    )
    .option(
      '--threshold <p>',
      "probabilities of at least this are foreground; the run's own threshold unless given",
      share,
    )
    .addOption(
      new Option(
        '--size <which>',
        "the size of the results: the image's own, or the one that the network sees",
      )
        .choices(['image', 'network'])
        .default('image'),
    )
    .option(
      '--mask-name <name>',
      'how masks are named, such as {id}_segmentation.png or {number}.png',
      maskName,
    )
    .option('--numbers', 'write masks of one class as 0 and 1, not as 0 and 255')
    .addOption(
      new Option(
        '--probabilities <format>',
        'the format of probabilities: png has 16 bits, npy float32',
      )
        .choices(['png', 'npy'])
        .default('png'),
    )
    .option(
      '--set <key=value>',
      'set a key of the experiment, such as evaluation.flips=true; repeat for more',
      collect,
      [],
    )
    .addOption(weightsOption())
    .addOption(ensembleOption())
    .addOption(engineOption())
    .option('--overwrite', 'replace predictions that are there')
    .addOption(forceOption())
    .option('--json', 'print one JSON object')
    .action(run);
  outOption(command, '<folder>', 'where the results go', { required: true });
}

async function run(
  folder: string,
  names: readonly string[],
  options: PredictOptions,
): Promise<void> {
  await orApart(() => predict(folder, names, options));
}

async function predict(
  folder: string,
  names: readonly string[],
  options: PredictOptions,
): Promise<void> {
  const { inputsOf } = await import('../runtime/prediction/inputs.js');
  const { commonThreshold, openEnsemble, openRun, segmenterOf } = await import(
    '../runtime/prediction/open-runs.js'
  );
  const { allNamed } = await import('../runtime/prediction/answers.js');
  const { requireNames } = await import('../runtime/prediction/names.js');
  const { predictFiles } = await import('../runtime/prediction/predict-files.js');
  const { fieldsOfView } = await import('../runtime/prediction/fields-of-view.js');
  const { predictionRoom, requireAmple } = await import('../runtime/preparation/memory.js');
  const { settingsOf } = await import('./experiment-options.js');

  const { out, overwrite = false, maskName = null, numbers = false, probabilities, size } = options;
  const inputs = await inputsOf(names, out);
  const write = { folder: out, maskName, numbers, probabilities };
  const settings = settingsOf({ set: options.set, engine: options.engine });
  const how = { settings, weights: options.weights };
  const first = await openRun(folder, how);
  const answers = await allNamed(inputs, size);
  requireNames(answers, { ...write, overwrite }, first.classes?.length);
  const runs = await openEnsemble(first, options.ensemble ?? [], how);
  const threshold = options.threshold ?? (await commonThreshold(runs));
  const { experiment, network, preprocessing } = first.predictor;
  const read = await fieldsOfView({
    wanted: options.fov,
    trained: first.fov,
    steps: preprocessing.steps,
    data: experiment.data,
    inputs,
  });
  if (asksForProcess()) {
    const share = await predictionRoom(first.predictor, null, true);
    requireAmple(share, 'predict with a smaller evaluation.window; what was written is whole');
  }
  const { engine, segmenter } = await segmenterOf(runs, options.force ?? false);
  const prediction = {
    ...{ segmenter, read, size },
    maps: {
      threshold,
      exact: probabilities === 'npy',
      postprocess: experiment.evaluation.postprocess,
    },
    write,
  };
  const done = await predictFiles(prediction, inputs, {
    onShare: progressOf(process.stderr),
    onError: ({ message }) => printErrors(message),
  });
  await engine.close();
  const { name: weights } = first.weights;
  const { ensemble = [] } = options;
  if (options.json)
    printJson({ run: folder, ensemble, model: network.graph.name, weights, threshold, ...done });
  else for (const image of done.images) printResult(`${lineOf(image)}\n`);
  if (done.errors.length > 0) process.exitCode = status.input;
}

const origins = {
  given: ' inside the field of view given',
  dataset: " inside the dataset's field of view",
  found: ' inside the field of view found in it',
  whole: ', in the whole frame, since nothing dark surrounds it',
  none: '',
} as const;

function lineOf(predicted: PredictedImage): string {
  const { image, slice, slices, width, height, foreground, fieldOfView, files } = predicted;
  const size = `${width}x${height}${slices === undefined ? '' : `x${slices}`}`;
  const name = slice === undefined ? image : `${image} slice ${slice}`;
  const share = `${(100 * foreground).toFixed(1)} % foreground${origins[fieldOfView]}`;
  return `${name}: ${size}, ${share}, ${files.mask}`;
}

/** How far an image is, on a terminal, where someone waits. */
function progressOf(stream: NodeJS.WriteStream): (path: string, share: number) => void {
  return (path, part) => {
    if (!stream.isTTY) return;
    const line = `${visible(path)}: ${Math.round(100 * part)} %`;
    stream.write(`\r${line}${part === 1 ? '\r\x1b[K' : ''}`);
  };
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Not a number from 0 to 1.');
}

function maskName(text: string): string {
  const names = /^[^{}/\\]*\{(id|number)\}[^{}/\\]*\.(png|nii\.gz)$/i;
  if (names.test(text)) return text;
  throw new InvalidArgumentError(
    'Not a name with {id} or {number} once that ends in .png or .nii.gz.',
  );
}
