import { type GeometryFacts, geometryWords } from '../../compiler/diagnostics/messages/images.js';
import { listOf } from '../../compiler/gradient/loss.js';
import type { Graph, Output } from '../../compiler/ir/graph.js';
import { fixedValue, type Size } from '../../compiler/sizes/size.js';
import { atLeast, requirementsOf } from '../../compiler/solve/requirements.js';
import { InputError } from '../errors/errors.js';

/** That a model is no segmentation of images. */
export class GeometryError extends InputError {
  constructor(readonly facts: GeometryFacts) {
    super(geometryWords(facts));
  }
}

/** How the runtime feeds a network of one image and reads the map that is scored. */
export interface Geometry {
  readonly input: string;
  /** The output that is scored, and that the target is like. */
  readonly output: string;
  /** All outputs of the model, in its order. */
  readonly outputs: readonly string[];
  /** Channels of the scored output: 1 for a single foreground class, else one a class, the background first. */
  readonly classes: number;
  readonly channels: number;
  /**
   * How many pixels narrower on each side the output is than the input; 0 where convolutions pad.
   */
  readonly margin: number;
  /** The least sizes the network takes that are not below these. */
  readonly roundUp: (height: number, width: number) => readonly [number, number];
}

/**
 * Throws `GeometryError` unless the model turns one image into a map `scored` that is as large, or
 * evenly narrower: that is what experiments train and score. Without `scored` it is the model's
 * first output, of a list the last.
 */
export function geometryOf(graph: Graph, scored?: string): Geometry {
  const { name, inputs, outputs } = graph;
  const refuse = (misfit: GeometryFacts['misfit']): never => {
    throw new GeometryError({ model: name, misfit });
  };
  if (inputs.length !== 1) return refuse({ kind: 'inputs', count: inputs.length });
  const output = scoredOutput(outputs, scored ?? listOf(outputs[0]!.name));
  if (output === undefined) return refuse({ kind: 'noOutput', output: scored ?? '' });
  const [, height, width, depth] = inputs[0]!.value.type.shape;
  const [, rows, columns, classes] = output.value.type.shape;
  const channels = depth === undefined ? undefined : fixedValue(depth);
  if (channels === undefined) return refuse({ kind: 'input' });
  if (classes === undefined) return refuse({ kind: 'map', output: output.name });
  const margins = [narrowing(height!, rows!), narrowing(width!, columns!)];
  const margin = margins[0];
  if (margin === undefined || margin !== margins[1]) {
    return refuse({ kind: 'margin', output: output.name });
  }
  const requirements = requirementsOf(graph);
  const roundUpOne = (size: Size, wanted: number): number => {
    const requirement = requirements.find(({ symbol }) => symbol === size.symbol);
    return requirement ? atLeast(requirement, Math.max(wanted, requirement.least)) : wanted;
  };
  return {
    input: inputs[0]!.name,
    output: output.name,
    outputs: outputs.map((one) => one.name),
    classes: fixedValue(classes)!,
    channels,
    margin,
    roundUp: (h, w) => [roundUpOne(height!, h), roundUpOne(width!, w)],
  };
}

/** No network's images are a multiple of more. */
const mostTried = 100_000;

/** The largest patch of at most `size` that the network takes and that leaves an output; undefined where there is none. */
export function patchBelow(size: number, { margin, roundUp }: Geometry): number | undefined {
  for (let patch = size; patch > Math.max(2 * margin, size - mostTried); patch--) {
    if (roundUp(patch, patch).every((rounded) => rounded === patch)) return patch;
  }
  return undefined;
}

/** The output called `name`, or the last of the list called so. */
export const scoredOutput = (outputs: readonly Output[], name: string): Output | undefined =>
  outputs.findLast((output) => output.name === name || listOf(output.name) === name);

/**
 * Half of what a size loses from input to output; undefined where it is scaled, or grows, or loses
 * an odd number.
 */
function narrowing(from: Size, to: Size): number | undefined {
  if (from.symbol === null || to.symbol !== from.symbol) return undefined;
  if (to.p.n !== from.p.n || to.p.d !== from.p.d) return undefined;
  const lost = (from.q.n / from.q.d - to.q.n / to.q.d) / 2;
  return Number.isInteger(lost) && lost >= 0 ? lost : undefined;
}
