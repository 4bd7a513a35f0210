import type { Arity, OpDefinition, Tuple } from '../../../../compiler/ops/definition.js';
import type { Extents } from '../../../../compiler/sizes/size.js';
import type { Kernels, WasmTensor } from '../kernels.js';

/** Computes an operation's results, of `shapes`. What it makes on the way is released after it. */
export type Lowering<A, N extends Arity, R extends Arity> = (
  k: Kernels,
  operands: Tuple<WasmTensor, N>,
  attributes: A,
  shapes: Tuple<Extents, R>,
) => WasmTensor | readonly WasmTensor[];

/** One that takes what comes, however many operands. */
export type AnyLowering<A> = (
  k: Kernels,
  operands: readonly WasmTensor[],
  attributes: A,
  shapes: readonly Extents[],
) => WasmTensor | readonly WasmTensor[];

/** A lowering for each operation of a group, with that operation's operands and attributes. */
export type LoweringsOf<Group> = {
  readonly [Name in keyof Group]: Group[Name] extends OpDefinition<infer N, infer A, infer R>
    ? Lowering<A, N, R>
    : never;
};
