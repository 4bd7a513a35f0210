import type { GradientBuilder, OpDefinition } from '../definition.js';
import type { Value } from '../values.js';

type Term = Value | number;
type One = (x: Term) => Value;
type Two = (x: Term, y: Term) => Value;

export interface Arithmetic {
  readonly add: Two;
  readonly div: Two;
  readonly equal: Two;
  readonly erf: One;
  readonly exp: One;
  readonly mul: Two;
  readonly neg: One;
  readonly reluGradient: Two;
  readonly sigmoid: One;
  readonly sigmoidGradient: Two;
  readonly square: One;
  readonly step: One;
  readonly sub: Two;
}

/** Elementwise operations as functions that add to `b`, so that gradient rules read as formulas. */
export function arithmetic(b: GradientBuilder): Arithmetic {
  const value = (term: Term): Value => (typeof term === 'number' ? b.constant(term) : term);
  const { ops } = b;
  const one =
    (op: OpDefinition<1>): One =>
    (x) =>
      b.apply(op, [value(x)], {})[0];
  const two =
    (op: OpDefinition<2>): Two =>
    (x, y) =>
      b.apply(op, [value(x), value(y)], {})[0];
  return {
    add: two(ops.add),
    div: two(ops.div),
    equal: two(ops.equal),
    erf: one(ops.erf),
    exp: one(ops.exp),
    mul: two(ops.mul),
    neg: one(ops.neg),
    reluGradient: two(ops.reluGradient),
    sigmoid: one(ops.sigmoid),
    sigmoidGradient: two(ops.sigmoidGradient),
    square: one(ops.square),
    step: one(ops.step),
    sub: two(ops.sub),
  };
}
