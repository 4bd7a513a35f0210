import type { Span } from '../../source/source.js';
import { didYouMean } from '../suggest.js';
import { type Advice, byKind, type NoFacts } from './entry.js';
import { channels, type GeometryFacts, geometryWords } from './images.js';
import { type LossFacts, lossWords } from './losses.js';
import { replace } from './words.js';

type Model = { readonly model: string };
type Patch = { readonly patch: number };
type Size = { readonly height: number; readonly width: number };

/** Puts `text` in the place of a setting, where it is written and not a default. */
const setTo = (span: Span, text: string, message: string): Advice =>
  span.end > span.start ? replace(span, text, message) : message;

const meantOr = (meant: string | null | undefined, otherwise: string): string =>
  meant ? `did you mean ${meant}?` : otherwise;

/** The words of NET0605: what does not fit together in an experiment, an ablation or a map of weights. */
export const settings = byKind({
  ...channels,
  loss: ({ loss }: { loss: LossFacts }) => lossWords(loss),
  geometry: ({ geometry }: { geometry: GeometryFacts }) => ({
    message: geometryWords(geometry),
    suggestion:
      'an experiment trains a model from one image [N, H, W, channels] to a map of its size, or evenly narrower',
  }),
  lengthMissing: () => ({
    message: 'the experiment does not say how long: give steps or epochs',
    suggestion: 'add a line such as `steps: 2000`, the training steps',
  }),
  lengthTwice: ({ steps, epochs, other }: { steps: number; epochs: number; other: Span }) => ({
    message: 'steps and epochs are both given: keep one',
    related: [{ span: other, message: 'the other length' }],
    suggestion: `leave epochs out to train ${steps} steps, or steps to train ${epochs} epochs`,
  }),
  /** `of` is the setting that waits for validations. */
  noValidations: ({ of }: { of: 'patience' | 'plateau' }) => ({
    message:
      of === 'patience'
        ? 'patience waits for validations, and there are none'
        : 'a plateau is one of validations, and there are none',
    suggestion: 'say how often, as in `validation: {every: 500}`',
  }),
  notLast: ({ step }: { step: string }) => ({
    message: `${step} is the last step`,
    suggestion: 'move it to the end of the list',
  }),
  emptyWindow: ({ low, high }: { low: number; high: number }) => ({
    message: `a window from ${low} to ${high} is empty`,
    suggestion: 'give a `low` that lies below `high`',
  }),
  /** `above` and `below` are the nearest patches that the network takes. */
  patch: (
    { model, patch, above, below }: Model & Patch & { above: Size; below: number | null },
    { span },
  ) => {
    const { height, width } = above;
    const smaller = below === null ? '' : `, or \`patch: ${below}\` where images are smaller`;
    return {
      message: `${model} takes no patch of ${patch}x${patch}; the next larger is ${height}x${width}`,
      suggestion:
        height === width
          ? setTo(span, `${height}`, `write \`patch: ${height}\`${smaller}`)
          : 'give another size',
    };
  },
  patchMargin: ({ model, patch, margin }: Model & Patch & { margin: number }) => ({
    message: `a patch of ${patch}x${patch} leaves no output of ${model}`,
    suggestion: `give more than ${2 * margin}, twice what the network loses at each side`,
  }),
  /** `fits` is a patch for all images; `least` the smallest patch that the network takes. */
  smallImages: (
    f: Patch & {
      images: number;
      small: number;
      smallest: Size & { readonly id: string };
      fits: number | null;
      least: Size;
    },
    { span },
  ) => ({
    message: `${f.small} of ${f.images} images are smaller than the patch of ${f.patch}x${f.patch}, the smallest ${f.smallest.id} with ${f.smallest.width}x${f.smallest.height}`,
    suggestion:
      f.fits === null
        ? `the network takes no patch below ${f.least.height}x${f.least.width}: enlarge the images by the step \`resize\`, or take a network that halves them less often`
        : setTo(span, `${f.fits}`, `write \`patch: ${f.fits}\``),
  }),
  /** `line` is where the norm is applied; `ofImages` of batch norm, whose values are those of all images. */
  oneValue: (f: Patch & { batch: number; line: string; path: string; ofImages: boolean }) => ({
    message: `the ${f.ofImages ? 'batch norm' : 'norm'} at ${f.line} (${f.path}) has one value ${f.ofImages ? 'a channel' : 'at a time'} with batch ${f.batch} and patch ${f.patch}: less its mean it is 0, whatever the image`,
    suggestion: f.ofImages
      ? 'give a larger batch or patch, or take GroupNorm in its place'
      : 'give a larger patch, or take a norm over more values, such as GroupNorm(groups: 1)',
  }),
  unevenBatch: ({ batch, devices }: { batch: number; devices: number }) => ({
    message: `a batch of ${batch} cannot be divided evenly over ${devices} devices`,
    suggestion: `give a batch that is a multiple of ${devices}, or other devices`,
  }),
  undividedBatch: ({ model, devices }: Model & { devices: number }) => ({
    message: `${model} cannot be divided over ${devices} devices: the number of its images is fixed`,
    suggestion: 'write the input of the model with a symbol first, as in [N, H, W, 3]',
  }),
  gray: ({ model, channels }: Model & { channels: number }) => ({
    message: `${model} takes ${channels} channels, and the step gray leaves 1`,
    suggestion: 'leave the step out, or give the input of the model 1 channel',
  }),
  noForeground: () => ({
    message: 'no mask of the training images has a pixel of foreground',
    suggestion: 'divide the images in another way, or look at the masks by `netc data check`',
  }),
  classes: (f: Model & { output: string; channels: number; classes: readonly string[] }) => {
    const wanted = f.classes.length + 1;
    return {
      message: `${f.output} of ${f.model} has ${f.channels} channels; the images have the background and ${f.classes.join(', ')}`,
      suggestion: `give the model an output of ${f.classes.length === 1 ? `1 channel, or ${wanted}` : `${wanted} channels`}`,
    };
  },
  thresholdOfClasses: ({ classes }: { classes: number }) => ({
    message: `${classes} classes have no threshold: a pixel is of the likeliest class`,
    suggestion: 'leave evaluation.threshold out',
  }),
  thresholdUnknown: (_: NoFacts, { span }) => ({
    message: 'the dataset has no validation images to choose a threshold on',
    suggestion: setTo(
      span,
      '0.5',
      'write `threshold: 0.5`, or keep validation images apart by data.split',
    ),
  }),
  output: ({ model, output, known }: Model & { output: string; known: readonly string[] }) => ({
    message: `${model} has no output ${output}; it has ${known.join(', ')}`,
    suggestion: meantOr(didYouMean(output, known), 'name one of these, or leave it out'),
  }),
  frozenPath: ({ model, pattern, meant }: Model & { pattern: string; meant: string | null }) => ({
    message: `no weight of ${model} matches ${pattern}`,
    suggestion: meantOr(meant, 'netc weights inspect lists the paths of a run'),
  }),
  frozenAll: ({ model }: Model) => ({
    message: `all weights of ${model} are frozen`,
    suggestion: 'leave out a pattern; to score weights without training, give steps: 0',
  }),
  frozenStatistic: ({ frozen, free }: { frozen: string; free: string }) => ({
    message: `${frozen} is frozen and ${free} is not`,
    suggestion: 'freeze both moments of a batch norm, or neither',
  }),
  /** Of an ablation, which gives each run a folder and a seed. */
  sameFolder: ({ folder, name, other }: { folder: string; name: string; other: Span }) => ({
    message: `two variants would share the folder ${folder}`,
    related: [{ span: other, message: 'the other one' }],
    suggestion: `give one another name, such as \`${name} 2\``,
  }),
  ownOutputs: () => ({
    message: 'each run has its own output',
    suggestion: '--out names the folder of all of them',
  }),
  ownSeeds: () => ({
    message: "the ablation's seeds say the seed of each run",
    suggestion: 'change `seeds` in its file',
  }),
  /** Of a map of weights. */
  layerKind: ({ layer, known }: { layer: string; known: readonly string[] }) => ({
    message: `${layer} is not a kind of layer`,
    ...question(didYouMean(layer, known)),
  }),
  tensorTwice: ({ name }: { name: string }) => ({
    message: `${name} is named a second time`,
  }),
  axes: ({ axes }: { axes: string }) => ({
    message: `${axes} must name each axis once on both sides`,
  }),
  level: (f: { level: string; isUnknown: boolean; known: readonly string[] }) => ({
    message: f.isUnknown ? `there is no level ${f.level}` : `<${f.level}> stands on the right only`,
    ...question(didYouMean(f.level, f.known)),
  }),
});

const question = (meant: string | undefined): { readonly suggestion?: Advice } =>
  meant === undefined ? {} : { suggestion: `did you mean ${meant}?` };
