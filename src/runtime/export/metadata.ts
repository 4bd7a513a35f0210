import type { Graph, Value } from '../../compiler/ir/graph.js';
import { fixedValue, printSize } from '../../compiler/sizes/size.js';
import { requirementsOf } from '../../compiler/solve/requirements.js';
import type { Preprocessing } from '../data/preprocess.js';
import type { PostprocessStep } from '../experiments/options/evaluation.js';
import type { TrainedOn } from '../runs/record.js';

/** How axes of images stand in a file's inputs and outputs. */
export const layouts = ['nhwc', 'nchw'] as const;
export type Layout = (typeof layouts)[number];

/** What only a run knows of its network. */
export interface RunFacts {
  /** The output that is scored. */
  readonly scored: string;
  readonly preprocessing: Preprocessing;
  /** Null of a run that does not say. */
  readonly images: TrainedOn | null;
  /** Null where a pixel is of its likeliest class, or where it is not chosen yet. */
  readonly threshold: number | null;
  readonly postprocess: readonly PostprocessStep[];
}

/** An input or an output; sizes that a symbol stands for are text. */
interface TensorMetadata {
  readonly name: string;
  readonly dtype: 'float32' | 'int32';
  readonly shape: readonly (number | string)[];
  /** Null of what is no image. */
  readonly layout: 'NHWC' | 'NCHW' | null;
  /** What each channel is the probability of, in the output that is scored. */
  readonly channels?: readonly string[];
}

/** What an exported file says of itself: `netc.json`, and the metadata of an ONNX file. */
export interface Metadata {
  /** netc's version. */
  readonly netc: string;
  readonly model: string;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
  /** Of each symbol the numbers it may be: `multipleOf` k + `plus`, from `least` on. */
  readonly sizes: Readonly<
    Record<string, { readonly multipleOf: number; readonly plus: number; readonly least: number }>
  >;
  /** Of the mask, by number; null where no run is exported. */
  readonly classes: readonly string[] | null;
  readonly threshold: number | null;
  /** `included`: the graph does it. Null where no run is exported. */
  readonly preprocessing: (Preprocessing & { readonly included: boolean }) | null;
  readonly postprocess: readonly PostprocessStep[];
}

/** Of `graph`, as it is written with this layout. `included` says whether the preprocessing is part of it. */
export function metadataOf(
  graph: Graph,
  {
    version,
    layout,
    run,
    included,
  }: {
    readonly version: string;
    readonly layout: Layout;
    readonly run: RunFacts | null;
    readonly included: boolean;
  },
): Metadata {
  const classes = run?.images ? ['background', ...run.images.classes] : null;
  const outputs = graph.outputs.map(({ name, value }) => ({
    ...tensorMetadata(name, value, layout),
    ...(classes && name === run?.scored && { channels: channelsOf(value, classes) }),
  }));
  const sizes = requirementsOf(graph).map(({ symbol, modulus, remainder, least }) => [
    symbol,
    { multipleOf: modulus, plus: remainder, least },
  ]);
  return {
    netc: version,
    model: graph.name,
    inputs: graph.inputs.map(({ name, value }) => tensorMetadata(name, value, layout)),
    outputs,
    sizes: Object.fromEntries(sizes),
    classes,
    threshold: run?.threshold ?? null,
    preprocessing: run && { included, ...run.preprocessing },
    postprocess: run?.postprocess ?? [],
  };
}

function tensorMetadata(name: string, { type }: Value, layout: Layout): TensorMetadata {
  const shape = type.shape.map((size) => fixedValue(size) ?? printSize(size));
  const dtype = type.dtype === 'float' ? 'float32' : 'int32';
  if (shape.length !== 4) return { name, dtype, shape, layout: null };
  if (layout === 'nhwc') return { name, dtype, shape, layout: 'NHWC' };
  const [n, h, w, c] = shape;
  return { name, dtype, shape: [n!, c!, h!, w!], layout: 'NCHW' };
}

/** One channel is the foreground's. */
const channelsOf = ({ type: { shape } }: Value, classes: readonly string[]): readonly string[] =>
  fixedValue(shape[3]!) === 1 ? classes.slice(1) : classes;

/** By key a text: itself, or JSON. */
export const asTexts = (metadata: Metadata): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
