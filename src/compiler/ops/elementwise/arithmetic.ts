import type { Value } from '../../ir/graph.js';
import type { GradientBuilder, OpDefinition } from '../definition.js';
import { add } from './add.js';
import { div } from './div.js';
import { equal } from './equal.js';
import { erf } from './erf.js';
import { exp } from './exp.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { reluGradient } from './relu-gradient.js';
import { sigmoid } from './sigmoid.js';
import { sigmoidGradient } from './sigmoid-gradient.js';
import { square } from './square.js';
import { step } from './step.js';
import { sub } from './sub.js';

type Term = Value | number;
type Plain = OpDefinition<Record<never, never>>;
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
  const one =
    (op: Plain): One =>
    (x) =>
      b.apply(op, [value(x)], {})[0];
  const two =
    (op: Plain): Two =>
    (x, y) =>
      b.apply(op, [value(x), value(y)], {})[0];
  return {
    add: two(add),
    div: two(div),
    equal: two(equal),
    erf: one(erf),
    exp: one(exp),
    mul: two(mul),
    neg: one(neg),
    reluGradient: two(reluGradient),
    sigmoid: one(sigmoid),
    sigmoidGradient: two(sigmoidGradient),
    square: one(square),
    step: one(step),
    sub: two(sub),
  };
}
