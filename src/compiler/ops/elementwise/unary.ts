import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import type { OpName } from '../registry.js';
import type { Attributes, Value } from '../values.js';
import { type Arithmetic, arithmetic } from './arithmetic.js';

/** What tells one function of a single element from another; the shape rule and the loop are the same. */
interface UnaryParts<A extends Attributes> {
  readonly name: OpName;
  readonly summary: string;
  readonly attributes: OpDefinition<1, A>['attributes'];
  at(x: number, attributes: A): number;
  /** The cotangent of x, or null where the derivative is 0 everywhere it exists. */
  gradient(by: Arithmetic, g: Value, x: Value, y: Value, attributes: A): Value | null;
}

/** x of any shape -> y of the same, `at` each element. */
export function unary<A extends Attributes = Record<never, never>>(
  parts: UnaryParts<A>,
): OpDefinition<1, A> {
  return {
    name: parts.name,
    summary: parts.summary,
    operands: ['x'],
    attributes: parts.attributes,
    infer([x]) {
      wantFloat([x]);
      return [x];
    },
    cheap: true,
    evaluate: ([x], attributes) => [
      { shape: x.shape, data: x.data.map((element) => parts.at(element, attributes)) },
    ],
    gradient(b, { operands: [x], results: [y] }, [g], attributes) {
      return [parts.gradient(arithmetic(b), g, x, y, attributes)];
    },
  };
}
