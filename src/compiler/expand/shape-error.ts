import type { Value as GraphValue } from '../ir/graph.js';
import { ShapeError } from '../ops/definition.js';
import { SizeRangeError } from '../sizes/rational.js';
import { printShape } from '../sizes/size.js';
import type { Span } from '../source/source.js';
import { poison } from '../values/value.js';
import type { Expansion, Frame } from './expansion.js';
import { mismatchOf } from './mismatch.js';
import type { Operand } from './operand.js';

/** Reports why an application was not built: a shape rule refused it, or a size of it is out of range. Another error is thrown on. */
export function notBuilt(
  x: Expansion,
  code: 'NET0401' | 'NET0402',
  error: unknown,
  ...place: Place
): typeof poison {
  if (error instanceof ShapeError) return refused(x, code, error, ...place);
  if (!(error instanceof SizeRangeError)) throw error;
  const [values, span, frame] = place;
  const shapes = values.map(({ type }) => printShape(type.shape));
  return x.report('NET0407', span, { kind: 'operation', shapes }, frame);
}

/** The operands, where they are applied, and as they stand in the text, where they do. */
type Place = readonly [
  values: readonly GraphValue[],
  span: Span,
  frame: Frame,
  written: readonly Operand[],
];

/**
 * Reports what a shape rule refused, with the places where the tensors were made; of two that disagree, where they
 * parted. `written` are the operands as they stand in the text, where they do.
 */
function refused(
  x: Expansion,
  code: 'NET0401' | 'NET0402',
  { facts: rule, operands, disagreement }: ShapeError,
  ...[values, span, frame, written]: Place
): typeof poison {
  if (x.isTold(code, span)) return poison;
  const [a, b] = operands.map((i) => values[i]);
  if (disagreement !== undefined && a && b) {
    const texts = written.length === values.length ? operands.map((i) => written[i]) : [];
    const pair = [texts[0], texts[1]] as const;
    const [first = 0, second = 1] = operands;
    const places =
      code === 'NET0402' ? (['left', 'right'] as const) : ([first + 1, second + 1] as const);
    const mismatch = { ...mismatchOf(x, [a, b], disagreement, pair), operands: places };
    return x.report(code, span, { rule, tensors: [], mismatch }, frame);
  }
  const tensors = operands.flatMap((i) => {
    const [value, at] = [values[i], x.makerOf(values[i])];
    return value && at ? [{ at, shape: printShape(value.type.shape) }] : [];
  });
  return x.report(code, span, { rule, tensors }, frame);
}
