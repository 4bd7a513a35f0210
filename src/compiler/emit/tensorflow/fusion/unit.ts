import type { Node, Value } from '../../../ir/graph.js';
import type { Emitter } from '../emitter.js';
import { flag, real, type Tensor } from '../graphdef.js';

/** Nodes that are lowered as one. */
export interface Unit {
  /** The first one names it, the last one says where it stands. */
  readonly nodes: readonly Node[];
  readonly operands: readonly Value[];
  /** What others may use of the nodes' results, in the order of the tensors. */
  readonly results: readonly Value[];
  lower(e: Emitter, operands: readonly Tensor[]): readonly Tensor[];
}

/** What an operation of netc's own takes for an operand that is left out. */
export const none = (e: Emitter): Tensor => e.builder.floats([], [0]);

export const finish = (epsilon: number, relu: boolean) => ({
  epsilon: real(epsilon),
  relu: flag(relu),
});

/** The tensors by the values they are of, with `none` for those that are left out. */
export function slots(
  e: Emitter,
  values: readonly (Value | undefined)[],
  tensors: readonly Tensor[],
): readonly Tensor[] {
  let next = 0;
  return values.map((value) => (value ? tensors[next++]! : none(e)));
}
