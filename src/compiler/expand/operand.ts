import type { Mismatch } from '../diagnostics/messages/mismatch.js';
import type { Expression } from '../syntax/ast.js';

/** A tensor as it stands in the text: between commas, where an arrow may follow it, or beside an operator. */
export interface Operand {
  readonly expression: Expression;
  readonly besideOperator: boolean;
}

/** The operands of an arrow, where they are written one by one right before it. */
export function operandsOf(from: Expression): readonly Operand[] {
  const written =
    from.kind === 'several'
      ? from.values
      : from.kind === 'list' && from.items.every(({ spread }) => !spread)
        ? from.items.map(({ value }) => value)
        : [];
  return written.map((expression) => ({ expression, besideOperator: false }));
}

/** Where an operand can be fed through one more stage; nowhere where brackets would have to move. */
export function placeOfStage(operand: Operand | undefined): Mismatch['places'][number] {
  if (!operand) return null;
  const { expression, besideOperator } = operand;
  const { span } = expression;
  if (expression.kind === 'bracket' && isFed(expression.value))
    return { at: { ...span, end: span.end - 1 }, isWrapped: false };
  return isFed(expression) ? { at: span, isWrapped: besideOperator } : null;
}

/** What an arrow can follow without brackets. */
const isFed = ({ kind }: Expression): boolean =>
  kind === 'name' || kind === 'arrow' || kind === 'entry' || kind === 'attribute';

/** Its name, where it is one. */
export const nameOf = (operand: Operand | undefined): string | null =>
  operand?.expression.kind === 'name' ? operand.expression.text : null;
