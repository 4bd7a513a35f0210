import type { Code } from '../diagnostics/codes.js';
import type { Value as GraphValue } from '../ir/graph.js';
import type { ShapeError } from '../ops/definition.js';
import { printShape } from '../sizes/size.js';
import type { Span } from '../source/source.js';
import type { Expansion, Frame } from './expansion.js';
import type { Operand } from './further-stage.js';
import { mismatchOf } from './mismatch.js';
import { poison } from './values.js';

/**
 * Reports what a shape rule refused, with the places where the tensors were made; of two that disagree, where they
 * parted. `written` are the operands as they stand in the text, where they do.
 */
export function refused(
  x: Expansion,
  code: Code,
  { message, operands, disagreement, wayOut }: ShapeError,
  values: readonly GraphValue[],
  span: Span,
  frame: Frame,
  written: readonly Operand[],
): typeof poison {
  if (x.hasReported(code, span)) return poison;
  const [a, b] = operands.map((i) => values[i]);
  if (disagreement !== undefined && a && b) {
    const names = operands.map((i) => nameOf(i, code));
    const texts = written.length === values.length ? operands.map((i) => written[i]) : [];
    const pair = [texts[0], texts[1]] as const;
    const mismatch = mismatchOf(x, [a, b], disagreement, [names[0], names[1]], pair);
    return x.report(code, { message, span, ...mismatch }, frame);
  }
  const related = operands.flatMap((i) => {
    const maker = x.makerOf(values[i]);
    return maker ? [{ span: maker, message: printShape(values[i].type.shape) }] : [];
  });
  const suggestion = wayOut ? { suggestion: { message: wayOut } } : {};
  return x.report(code, { message, span, related, ...suggestion }, frame);
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

function nameOf(operand: number, code: Code): string {
  if (code === 'NET0402') return operand === 0 ? 'the left side' : 'the right side';
  return ordinals[operand] ? `the ${ordinals[operand]} input` : `input ${operand + 1}`;
}
