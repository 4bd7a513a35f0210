import { differentiate } from '../gradient/differentiate.js';
import { GraphBuilder } from '../ir/builder.js';
import type { Graph, Node, Value } from '../ir/graph.js';
import { sizeOf } from '../ops/values.js';
import { toInference, toTraining } from '../passes/mode.js';
import { optimise } from '../passes/passes.js';
import type { ImageSize } from '../sizes/size.js';
import { evaluateShape } from '../sizes/size.js';
import { sumOfOutputs } from './bare-step.js';
import { bindingsAt } from './cost.js';
import { peakOf } from './peak.js';

/**
 * Bytes of activations: what the operations of a model give, at 4 bytes a number. Weights, fed images and a kernel's
 * own workspace are not among them, and no operation is taken to write over its operand.
 */
export interface Memory {
  /** What the forward pass of a training step has to keep until the backward pass reads it. */
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

/** The operations of the forward pass with a result that the gradient of some weight is computed from. */
export function keptForBackward(model: Graph, size: ImageSize, batch: number): readonly Kept[] {
  const forward = optimise(toTraining(model).finish(model.symbols));
  const b = GraphBuilder.continuing({ ...forward, outputs: [], updates: [] });
  // Of which the gradient reads nothing, so that what is kept does not depend on the loss.
  const loss = sumOfOutputs(b, forward.outputs);
  const before = b.nodeCount;
  const weights = forward.variables.filter(({ kind }) => kind === 'weight');
  const gradients = differentiate(
    b,
    loss,
    weights.map(({ value }) => value),
  );
  for (const { path, value } of weights) {
    const gradient = gradients.get(value);
    if (gradient) b.output(path, gradient);
  }
  const unreached = new Set(b.unreached().nodes);
  const backward = b.nodes.slice(before).filter((node) => !unreached.has(node));
  const read = new Set(backward.flatMap(({ operands }) => operands));
  const bytesOf = bytesAt(model, size, batch);
  return forward.nodes.flatMap((node) => {
    const bytes = sum(node.results.filter((result) => read.has(result)).map(bytesOf));
    return bytes > 0 ? [{ node, bytes }] : [];
  });
}

/** The bytes of a value of `model`, or of a function made of it, with so many images of that size. */
export function bytesAt(model: Graph, size: ImageSize, batch: number): (value: Value) => number {
  const bindings = bindingsAt(model, size, batch);
  return ({ type }) => 4 * sizeOf(evaluateShape(type.shape, bindings));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
