import type { Node, NodeOf } from '../../../ir/graph.js';
import type { Arity, OpDefinition, Tuple } from '../../../ops/definition.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graphdef.js';

/** Adds the TensorFlow nodes that compute `node`, and answers with its results. */
export type Lowering<A, N extends Arity, R extends Arity> = (
  e: Emitter,
  operands: Tuple<Tensor, N>,
  attributes: A,
  node: NodeOf<N, R>,
) => Tensor | readonly Tensor[];

/** One whose operation is not known. */
export type AnyLowering = Lowering<Node['attributes'], 'any', 'any'>;

/** A lowering for each operation of a group, with that operation's operands and attributes. */
export type LoweringsOf<Group> = {
  readonly [Name in keyof Group]: Group[Name] extends OpDefinition<infer N, infer A, infer R>
    ? Lowering<A, N, R>
    : never;
};
