import type { Code } from '../diagnostics/codes.js';
import type { Value as GraphValue } from '../graph/graph.js';
import type { ShapeError } from '../ops/definition.js';
import { printShape } from '../shapes/size.js';
import type { Span } from '../source/source.js';
import type { Expansion, Frame } from './expansion.js';
import type { poison } from './values.js';

/** Reports what a shape rule refused, with the places where the tensors that disagree were made. */
export function refused(
  x: Expansion,
  code: Code,
  { message, operands }: ShapeError,
  values: readonly GraphValue[],
  span: Span,
  frame: Frame,
): typeof poison {
  const related = operands.flatMap((i) => {
    const maker = x.makerOf(values[i]);
    return maker ? [{ span: maker, message: printShape(values[i].type.shape) }] : [];
  });
  return x.report(code, { message, span, related }, frame);
}
