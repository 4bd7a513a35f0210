import type { Node, NodeOf } from '../../../ir/graph.js';
import type { Arity, OpDefinition } from '../../../ops/definition.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graph.js';

/** Adds the ONNX nodes that compute `node`; answers with its results, those of rank 4 as NCHW. */
export type Lowering<A, N extends Arity, R extends Arity> = (
  e: Emitter,
  node: NodeOf<N, R>,
  attributes: A,
) => Tensor | readonly Tensor[];

/** In place of a lowering: no inference graph has this operation. */
export const trainingOnly = 'training only';
export type Entry<A, N extends Arity, R extends Arity> = Lowering<A, N, R> | typeof trainingOnly;

/** One whose operation is not known. */
export type AnyEntry = Entry<Node['attributes'], 'any', 'any'>;

/** An entry for each operation of a group, with that operation's operands and attributes. */
export type EntriesOf<Group> = {
  readonly [Name in keyof Group]: Group[Name] extends OpDefinition<infer N, infer A, infer R>
    ? Entry<A, N, R>
    : never;
};
