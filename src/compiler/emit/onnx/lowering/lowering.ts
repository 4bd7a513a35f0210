import type { Node } from '../../../ir/graph.js';
import type { AttributesOf } from '../../../ops/definition.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graph.js';

/** Adds the ONNX nodes that compute `node`; answers with its results, those of rank 4 as NCHW. */
export type Lowering<A> = (e: Emitter, node: Node, attributes: A) => Tensor | readonly Tensor[];

/** In place of a lowering: no inference graph has this operation. */
export const trainingOnly = 'training only';
export type Entry<A> = Lowering<A> | typeof trainingOnly;

/** An entry for each operation of a group, with that operation's attributes. */
export type EntriesOf<Group> = {
  readonly [Name in keyof Group]: Entry<AttributesOf<Group[Name]>>;
};
