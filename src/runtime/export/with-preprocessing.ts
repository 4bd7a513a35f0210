import { bindingsAt } from '../../compiler/cost/cost.js';
import { GraphBuilder } from '../../compiler/ir/builder.js';
import type { Graph, Value } from '../../compiler/ir/graph.js';
import { arithmetic } from '../../compiler/ops/elementwise/arithmetic.js';
import { floatOf } from '../../compiler/ops/values.js';
import { inline } from '../../compiler/passes/inline.js';
import { optimise } from '../../compiler/passes/passes.js';
import type { Residue } from '../../compiler/sizes/residue.js';
import {
  type Bindings,
  fixed,
  fixedValue,
  type Size,
  symbolic,
} from '../../compiler/sizes/size.js';
import { BindingError } from '../../compiler/solve/bindings.js';
import { sizeOf } from '../data/preprocess/resize.js';
import { standardising } from '../data/preprocess/steps.js';
import type { Preprocessing } from '../data/preprocess.js';
import { InputError } from '../errors/errors.js';
import type { Step, StepName } from '../experiments/options/preprocess.js';
import { standardised } from './standardise-graph.js';
import { type Beyond, type Seen, stepGraphs } from './step-graphs.js';

/** What the images that a run was trained on are like before the first step. */
interface RawImages {
  readonly channels: number;
  /** Whether they have a field of view. */
  readonly fov: boolean;
}

/** The input that says which pixels are in the field of view. */
const fovInput = 'fov';

/**
 * `predict`, a graph of one image, with the preprocessing before it: its input takes values as `readPicture` gives them,
 * [N, H, W, raw channels], and an input `fov`, [N, H, W, 1], what is above 0 in the field of view, where the images have
 * one. With a `resize` the image may have any size, and outputs are of the size that the network sees.
 * Throws `InputError` where a step has no graph, or where the network does not take what the steps give.
 */
export function withPreprocessing(
  predict: Graph,
  preprocessing: Preprocessing,
  raw: RawImages,
): Graph {
  const { name, value } = predict.inputs[0]!;
  if (raw.fov) requireFreeName(predict);
  const size = lastSize(preprocessing.steps);
  const sizes = size === null ? {} : boundTo(predict, size);
  const b = new GraphBuilder(predict.name);
  const { shape } = value.type;
  const taken = size === null ? shape.slice(0, 3) : anySize(shape[0]!);
  const image = b.input(name, floatOf([...taken, fixed(raw.channels)]));
  const fov = raw.fov ? b.input(fovInput, floatOf([...taken, fixed(1)])) : null;
  const seen = stepsDone(b, preprocessing, { image, fov: fov && arithmetic(b).step(fov) });
  const ready = standardised(b, seen, preprocessing);
  requireChannels(ready, preprocessing);
  inline(b, predict, { [name]: ready }, sizes);
  const kept = predict.symbols.filter(({ symbol }) => !(symbol in sizes));
  const free = size === null ? [] : taken.slice(1).map(({ symbol }) => freely(symbol as string));
  return optimise(b.finish([...kept, ...free]));
}

const freely = (symbol: string): Residue => ({ symbol, modulus: 1, remainder: 0 });

function requireFreeName({ inputs, outputs }: Graph): void {
  if ([...inputs, ...outputs].every(({ name }) => name !== fovInput)) return;
  throw new InputError(
    `the model has an input or output ${fovInput}, as the field of view is called: give it another name, or export without --with-preprocessing`,
  );
}

interface ImageSize {
  readonly height: number;
  readonly width: number;
}

function lastSize(steps: readonly Step[]): ImageSize | null {
  const last = steps.findLast((step) => 'resize' in step);
  if (last === undefined || !('resize' in last)) return null;
  return sizeOf(last.resize);
}

/** What height and width of the network stand for at one size. Its batch stays a symbol. */
function boundTo(predict: Graph, size: ImageSize): Bindings {
  const [batch] = predict.inputs[0]!.value.type.shape;
  try {
    const { [batch!.symbol ?? '']: _, ...sizes } = bindingsAt(predict, size);
    return sizes;
  } catch (error) {
    if (!(error instanceof BindingError)) throw error;
    throw new InputError(
      `${error.message}; preprocess resizes to ${size.height}x${size.width}, and no tile is mirrored to a size that would do in an exported graph: export without --with-preprocessing, or train with a size that does`,
    );
  }
}

/** Batch, height and width of an image that may have any size. */
function anySize(batch: Size): readonly Size[] {
  const names = ['H', 'W'].map((name) => (name === batch.symbol ? `${name}1` : name));
  return [batch, ...names.map(symbolic)];
}

function stepsDone(b: GraphBuilder, { steps }: Preprocessing, raw: Seen): Seen {
  return steps.reduce((seen, step) => {
    const [name, options] = Object.entries(step)[0] as [StepName, never];
    const graph = stepGraphs[name];
    if (typeof graph === 'function') return graph(b, seen, options);
    throw new InputError(refusal(name, graph));
  }, raw);
}

const refusal = (name: string, { because }: Beyond): string =>
  `the step ${name} of preprocess cannot be exported: ${because}. Export without --with-preprocessing and give the network prepared images, or train without ${name}`;

function requireChannels({ type: { shape } }: Value, { channels, steps }: Preprocessing): void {
  const given = fixedValue(shape[3]!);
  if (given === channels) return;
  throw new InputError(
    `the steps of preprocess, standardise: ${standardising(steps)} at their end, give ${given} channels, and the network takes ${channels}`,
  );
}
