import type { GraphBuilder } from '../ir/builder.js';
import type { Graph, Node, NodeOf, Value } from '../ir/graph.js';
import { constant } from '../ir/initializer.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { type BatchNormAttributes, batchNorm } from '../ops/normalisation/batch-norm.js';
import { batchNormTrain } from '../ops/normalisation/batch-norm-train.js';
import { lerp } from '../ops/optimiser/lerp.js';
import { dropoutMask } from '../ops/structure/dropout-mask.js';
import type { DropoutAttributes } from '../ops/structure/dropping.js';
import { floatOf, typeOf } from '../ops/values.js';
import type { Shape } from '../sizes/size.js';
import { rebuild } from './rebuild.js';

/** The counter of steps taken; it is part of what a dropout mask is drawn from. */
export const stepPath = 'optimizer/step';
const int = typeOf('int', []);

/** Whether training leaves the weight or moment at a path as it is. */
export type Frozen = (path: string) => boolean;
const nothing: Frozen = () => false;

/** One application's moment of the batch, for the stored moment it belongs to. */
interface BatchMoment {
  readonly value: Value;
  readonly momentum: number;
  readonly origin: Node['origin'];
}

/** The value of the variable at `path`, made where the graph has none. */
export const stepOf = (b: GraphBuilder): Value =>
  b.variableAt(stepPath)?.value ?? b.variable(stepPath, 'counter', int, constant(0));

/**
 * The forward pass as training runs it (modes-1 and modes-2), with an input `seed`, and by path of the stored
 * moment the batch's moments of all its applications, in the order of evaluation. A batch norm whose stored moments are
 * frozen stays as it predicts.
 */
function trainingForward(
  graph: Graph,
  isFrozen: Frozen,
  name?: string,
): { readonly b: GraphBuilder; readonly moments: ReadonlyMap<string, readonly BatchMoment[]> } {
  const moments = new Map<string, BatchMoment[]>();
  const add = (path: string, moment: BatchMoment): void => {
    const known = moments.get(path);
    if (known) known.push(moment);
    else moments.set(path, [moment]);
  };
  let seed: Value | undefined;
  const seeded = (b: GraphBuilder): Value => {
    seed ??= b.input('seed', int);
    return seed;
  };
  const byBatch = (b: GraphBuilder, node: Node): readonly Value[] | undefined => {
    const { operands, attributes, origin } = node as NodeOf<5, 1>;
    const [x, scale, shift, mean, variance] = operands;
    if ([mean, variance].every((one) => isFrozen(b.variableOf(one)?.path ?? ''))) return undefined;
    const { epsilon, momentum } = attributes as BatchNormAttributes;
    const [y, newMean, newVariance] = b.apply(batchNormTrain, [x, scale, shift], { epsilon });
    const pairs = [[mean, newMean] as const, [variance, newVariance] as const];
    for (const [stored, value] of pairs) {
      const path = b.variableOf(stored)?.path;
      if (path === undefined) throw new Error('a batch norm stores its moments in no variable');
      add(path, { value, momentum, origin });
    }
    return [y];
  };
  const masked = (
    b: GraphBuilder,
    { operands: [x], attributes }: NodeOf<1, 1>,
    maskOf: (x: Shape) => Shape,
  ): readonly Value[] => {
    const { rate, path } = attributes as DropoutAttributes;
    const shape = maskOf(x.type.shape);
    const [mask] = b.apply(dropoutMask, [seeded(b), stepOf(b)], { rate, path, shape });
    return [arithmetic(b).mul(x, mask)];
  };
  const b = rebuild(
    graph,
    (builder, node) => {
      if (node.op === batchNorm) return byBatch(builder, node);
      return node.op.mask && masked(builder, node as NodeOf<1, 1>, node.op.mask);
    },
    name,
  );
  seeded(b);
  return { b, moments };
}

/**
 * The model as it trains: batch norm by the batch's moments, which are folded into the stored ones application by
 * application, and dropout by masks of the new input `seed` and the step.
 */
export function toTraining(model: Graph, name?: string, isFrozen: Frozen = nothing): GraphBuilder {
  const { b, moments } = trainingForward(model, isFrozen, name);
  for (const [path, applications] of moments) {
    const folded = applications.reduce(
      (stored, { value, momentum, origin }) =>
        b.withOrigin(origin, () => b.apply(lerp, [stored, value, b.constant(momentum)], {})[0]),
      b.variableAt(path)!.value,
    );
    b.update(path, folded);
  }
  return b;
}

/** The model as it predicts: dropout does nothing, batch norm uses its stored moments. */
export const toInference = (model: Graph, name?: string): GraphBuilder =>
  rebuild(model, (_, node) => (node.op.mask ? node.operands : undefined), name);

/**
 * The forward pass of training, after which each stored moment has moved by the input `fraction` towards the mean of
 * the batch's moments over its applications. Fed 1/k on the k-th batch, it leaves the mean over all batches.
 */
export function toMoments(model: Graph, name?: string, isFrozen: Frozen = nothing): GraphBuilder {
  const forward = { ...model, outputs: [], updates: [] };
  const { b, moments } = trainingForward(forward, isFrozen, name);
  const fraction = b.input('fraction', floatOf([]));
  const { add, div } = arithmetic(b);
  for (const [path, applications] of moments) {
    const sum = applications.map(({ value }) => value).reduce(add);
    const mean = applications.length === 1 ? sum : div(sum, applications.length);
    b.update(path, b.apply(lerp, [b.variableAt(path)!.value, mean, fraction], {})[0]);
  }
  return b;
}
