import type { Node } from '../../../ir/graph.js';
import type { AttributesOf } from '../../../ops/definition.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graphdef.js';

/** Adds the TensorFlow nodes that compute `node`, and answers with its results. */
export type Lowering<A> = (
  e: Emitter,
  operands: readonly Tensor[],
  attributes: A,
  node: Node,
) => Tensor | readonly Tensor[];

/** A lowering for each operation of a group, with that operation's attributes. */
export type LoweringsOf<Group> = {
  readonly [Name in keyof Group]: Lowering<AttributesOf<Group[Name]>>;
};
