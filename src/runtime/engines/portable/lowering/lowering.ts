import type { AttributesOf } from '../../../../compiler/ops/definition.js';
import type { Extents } from '../../../../compiler/sizes/size.js';
import type { Kernels, WasmTensor } from '../kernels.js';

/** Computes an operation's results, of `shapes`. What it makes on the way is released after it. */
export type Lowering<A> = (
  k: Kernels,
  operands: readonly WasmTensor[],
  attributes: A,
  shapes: readonly Extents[],
) => WasmTensor | readonly WasmTensor[];

/** A lowering for each operation of a group, with that operation's attributes. */
export type LoweringsOf<Group> = {
  readonly [Name in keyof Group]: Lowering<AttributesOf<Group[Name]>>;
};
