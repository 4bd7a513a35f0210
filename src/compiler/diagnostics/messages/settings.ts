import type { Span } from '../../source/source.js';
import { didYouMean } from '../suggest.js';
import { byKind, type NoFacts, type Suggestion } from './entry.js';
import { channels, type GeometryFacts, geometryWords } from './images.js';
import { type LossFacts, lossWords } from './losses.js';
import { replace } from './words.js';

type Model = { readonly model: string };
type Patch = { readonly patch: number };
type Size = { readonly height: number; readonly width: number };

const advice = (message: string): { readonly suggestion: Suggestion } => ({
  suggestion: { message },
});

/** Puts `text` in the place of a setting, where it is written and not a default. */
const setTo = (span: Span, text: string, message: string): { readonly suggestion: Suggestion } => ({
  suggestion: span.end > span.start ? replace(span, text, message) : { message },
});

const meantOr = (meant: string | null, otherwise: string) =>
  advice(meant === null ? otherwise : `did you mean ${meant}?`);

/** The words of NET0605: what does not fit together in an experiment, an ablation or a map of weights. */
export const settings = byKind({
  ...channels,
  loss: ({ loss }: { readonly loss: LossFacts }) => lossWords(loss),
  geometry: ({ geometry }: { readonly geometry: GeometryFacts }) => ({
    message: geometryWords(geometry),
    ...advice(
      'an experiment trains a model from one image [N, H, W, channels] to a map of its size, or evenly narrower',
    ),
  }),
  lengthMissing: () => ({
    message: 'the experiment does not say how long: give steps or epochs',
    ...advice('add a line such as `steps: 2000`, the training steps'),
  }),
  lengthTwice: ({
    steps,
    epochs,
    other,
  }: {
    readonly steps: number;
    readonly epochs: number;
    readonly other: Span;
  }) => ({
    message: 'steps and epochs are both given: keep one',
    related: [{ span: other, message: 'the other length' }],
    ...advice(`leave epochs out to train ${steps} steps, or steps to train ${epochs} epochs`),
  }),
  /** `of` is the setting that waits for validations. */
  noValidations: ({ of }: { readonly of: 'patience' | 'plateau' }) => ({
    message:
      of === 'patience'
        ? 'patience waits for validations, and there are none'
        : 'a plateau is one of validations, and there are none',
    ...advice('say how often, as in `validation: {every: 500}`'),
  }),
  notLast: ({ step }: { readonly step: string }) => ({
    message: `${step} is the last step`,
    ...advice('move it to the end of the list'),
  }),
  emptyWindow: ({ low, high }: { readonly low: number; readonly high: number }) => ({
    message: `a window from ${low} to ${high} is empty`,
    ...advice('give a `low` that lies below `high`'),
  }),
  /** `above` and `below` are the nearest patches that the network takes. */
  patch: (
    {
      model,
      patch,
      above,
      below,
    }: Model & Patch & { readonly above: Size; readonly below: number | null },
    { span },
  ) => {
    const { height, width } = above;
    const smaller = below === null ? '' : `, or \`patch: ${below}\` where images are smaller`;
    return {
      message: `${model} takes no patch of ${patch}x${patch}; the next larger is ${height}x${width}`,
      ...(height === width
        ? setTo(span, `${height}`, `write \`patch: ${height}\`${smaller}`)
        : advice('give another size')),
    };
  },
  patchMargin: ({ model, patch, margin }: Model & Patch & { readonly margin: number }) => ({
    message: `a patch of ${patch}x${patch} leaves no output of ${model}`,
    ...advice(`give more than ${2 * margin}, twice what the network loses at each side`),
  }),
  /** `fits` is a patch for all images; `least` the smallest patch that the network takes. */
  smallImages: (
    {
      images,
      small,
      patch,
      smallest: { id, width, height },
      fits,
      least,
    }: Patch & {
      readonly images: number;
      readonly small: number;
      readonly smallest: Size & { readonly id: string };
      readonly fits: number | null;
      readonly least: Size;
    },
    { span },
  ) => ({
    message: `${small} of ${images} images are smaller than the patch of ${patch}x${patch}, the smallest ${id} with ${width}x${height}`,
    ...(fits === null
      ? advice(
          `the network takes no patch below ${least.height}x${least.width}: enlarge the images by the step \`resize\`, or take a network that halves them less often`,
        )
      : setTo(span, `${fits}`, `write \`patch: ${fits}\``)),
  }),
  gray: ({ model, channels }: Model & { readonly channels: number }) => ({
    message: `${model} takes ${channels} channels, and the step gray leaves 1`,
    ...advice('leave the step out, or give the input of the model 1 channel'),
  }),
  noForeground: () => ({
    message: 'no mask of the training images has a pixel of foreground',
    ...advice('divide the images in another way, or look at the masks by `netc data check`'),
  }),
  classes: ({
    model,
    output,
    channels,
    classes,
  }: Model & {
    readonly output: string;
    readonly channels: number;
    readonly classes: readonly string[];
  }) => {
    const wanted = classes.length + 1;
    return {
      message: `${output} of ${model} has ${channels} channels; the images have the background and ${classes.join(', ')}`,
      ...advice(
        `give the model an output of ${classes.length === 1 ? `1 channel, or ${wanted}` : `${wanted} channels`}`,
      ),
    };
  },
  thresholdOfClasses: ({ classes }: { readonly classes: number }) => ({
    message: `${classes} classes have no threshold: a pixel is of the likeliest class`,
    ...advice('leave evaluation.threshold out'),
  }),
  thresholdUnknown: (_: NoFacts, { span }) => ({
    message: 'the dataset has no validation images to choose a threshold on',
    ...setTo(span, '0.5', 'write `threshold: 0.5`, or keep validation images apart by data.split'),
  }),
  output: ({
    model,
    output,
    known,
  }: Model & { readonly output: string; readonly known: readonly string[] }) => ({
    message: `${model} has no output ${output}; it has ${known.join(', ')}`,
    ...meantOr(didYouMean(output, known) ?? null, 'name one of these, or leave it out'),
  }),
  frozenPath: ({
    model,
    pattern,
    meant,
  }: Model & { readonly pattern: string; readonly meant: string | null }) => ({
    message: `${pattern} is no path of ${model}`,
    ...meantOr(meant, 'netc weights inspect lists the paths of a run'),
  }),
  frozenAll: ({ model }: Model) => ({
    message: `all weights of ${model} are frozen`,
    ...advice('leave out a pattern; to score weights without training, give steps: 0'),
  }),
  frozenStatistic: ({ frozen, free }: { readonly frozen: string; readonly free: string }) => ({
    message: `${frozen} is frozen and ${free} is not`,
    ...advice('freeze both moments of a batch norm, or neither'),
  }),
  /** Of an ablation, which gives each run a folder and a seed. */
  sameFolder: ({
    folder,
    name,
    other,
  }: {
    readonly folder: string;
    readonly name: string;
    readonly other: Span;
  }) => ({
    message: `two variants would share the folder ${folder}`,
    related: [{ span: other, message: 'the other one' }],
    ...advice(`give one another name, such as \`${name} 2\``),
  }),
  ownOutputs: () => ({
    message: 'each run has its own output',
    ...advice('--out names the folder of all of them'),
  }),
  ownSeeds: () => ({
    message: "the ablation's seeds say the seed of each run",
    ...advice('change `seeds` in its file'),
  }),
  /** Of a map of weights. */
  layerKind: ({ layer, known }: { readonly layer: string; readonly known: readonly string[] }) => ({
    message: `there is no kind of layer ${layer}`,
    ...question(didYouMean(layer, known)),
  }),
  tensorTwice: ({ name }: { readonly name: string }) => ({
    message: `${name} is named a second time`,
  }),
  axes: ({ axes }: { readonly axes: string }) => ({
    message: `${axes} must name each axis once on both sides`,
  }),
  level: ({
    level,
    isUnknown,
    known,
  }: {
    readonly level: string;
    readonly isUnknown: boolean;
    readonly known: readonly string[];
  }) => ({
    message: isUnknown ? `there is no level ${level}` : `<${level}> stands on the right only`,
    ...question(didYouMean(level, known)),
  }),
});

const question = (meant: string | undefined): { readonly suggestion?: Suggestion } =>
  meant === undefined ? {} : advice(`did you mean ${meant}?`);
