import { differentiate } from '../gradient/differentiate.js';
import { GraphBuilder } from '../ir/builder.js';
import type { Graph, Node, Value } from '../ir/graph.js';
import { peakOf } from '../ir/peak.js';
import { sizeOf } from '../ops/values.js';
import { toInference, toTraining } from '../passes/mode.js';
import { optimise } from '../passes/passes.js';
import { halvesOf, keptValues, largeAmong } from '../passes/recompute/kept.js';
import { type StepMemory, stepMemories } from '../passes/recompute/memories.js';
import { recompute } from '../passes/recompute/recompute.js';
import { type Bindings, evaluateShape, type ImageSize } from '../sizes/size.js';
import { sumOfOutputs } from './bare-step.js';
import { bindingsAt } from './cost.js';

/**
 * Bytes of activations: what the operations of a model give, at 4 bytes a number. Weights, fed images and a kernel's
 * own workspace are not among them, and no operation is taken to write over its operand.
 */
export interface Memory {
  /** What the forward pass of a training step keeps until the backward pass reads it or makes from it what it reads. */
  readonly training: number;
  /** The most that is alive at one time of a prediction, each value from its operation to its last use. */
  readonly inference: number;
}

/** What one operation of a training step keeps for the backward pass. */
export interface Kept {
  readonly node: Node;
  readonly bytes: number;
}

/** Throws `BindingError` for a size the model is not defined for. */
export function memoryOf(model: Graph, size: ImageSize, batch: number): Memory {
  return {
    training: keptForBackward(model, size, batch).reduce((sum, { bytes }) => sum + bytes, 0),
    inference: peakOf(
      optimise(toInference(model).finish(model.symbols)),
      bytesAt(model, size, batch),
    ).bytes,
  };
}

/** The operations of the forward pass with a result that a step keeps, to compute from it what the gradient of some weight reads. */
export function keptForBackward(model: Graph, size: ImageSize, batch: number): readonly Kept[] {
  const { forward, backward } = halvesOf(gradientsOf(model))!;
  const bytesOf = bytesAt(model, size, batch);
  const read = backward.flatMap(({ operands }) => operands);
  const isLarge = largeAmong(forward, bytesOf);
  const large = keptValues(forward, read, bytesOf, isLarge);
  const small = new Set(read.filter((value) => !isLarge(value)));
  return forward.flatMap((node) => {
    const kept = node.results.filter((result) => large.has(result) || small.has(result));
    const bytes = sum(kept.map(bytesOf));
    return bytes > 0 ? [{ node, bytes }] : [];
  });
}

/** The most bytes of activations alive at one time of a training step, by what it keeps; updates of weights are left out. */
export function stepPeaks(
  model: Graph,
  size: ImageSize,
  batch: number,
): Readonly<Record<StepMemory, number>> {
  const step = gradientsOf(model);
  const bytesOf = bytesAt(model, size, batch);
  const peaks = stepMemories.map((memory) => [
    memory,
    peakOf(recompute(step, memory), bytesOf).bytes,
  ]);
  return Object.fromEntries(peaks) as Record<StepMemory, number>;
}

/**
 * The forward pass of a training step and the gradients of all weights, as their updates. The loss is the sum of the outputs: the
 * gradient of a sum reads nothing, so that what is kept does not depend on the loss.
 */
function gradientsOf(model: Graph): Graph {
  const forward = optimise(toTraining(model).finish(model.symbols));
  const b = GraphBuilder.continuing({ ...forward, outputs: [], updates: [] });
  const loss = sumOfOutputs(b, forward.outputs);
  b.output('loss', loss);
  const weights = forward.variables.filter(({ kind }) => kind === 'weight');
  const gradients = differentiate(
    b,
    loss,
    weights.map(({ value }) => value),
  );
  for (const { path, value } of weights) {
    const gradient = gradients.get(value);
    if (gradient) b.update(path, gradient);
  }
  return b.finish(model.symbols);
}

/** The bytes of a value of `model`, or of a function made of it, with so many images of that size. */
export const bytesAt = (model: Graph, size: ImageSize, batch: number): ((value: Value) => number) =>
  bytesBy(bindingsAt(model, size, batch));

/** The bytes of a value where its symbols stand for `bindings`. */
export const bytesBy =
  (bindings: Bindings): ((value: Value) => number) =>
  ({ type }) =>
    4 * sizeOf(evaluateShape(type.shape, bindings));

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
