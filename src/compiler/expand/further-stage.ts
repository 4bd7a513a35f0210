import type { Suggestion } from '../diagnostics/diagnostic.js';
import type { Expression } from '../syntax/ast.js';
import { textOf } from './ways-out.js';

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

/** The edit that feeds an operand through one more stage; none where brackets would have to move. */
export function furtherStage(
  operand: Operand | undefined,
  stage: string,
): Pick<Suggestion, 'edits'> {
  if (!operand) return {};
  const { expression, besideOperator } = operand;
  const { span } = expression;
  const text = ` -> ${stage}`;
  const behind = (offset: number) => ({
    edits: [{ span: { ...span, start: offset, end: offset }, text }],
  });
  if (expression.kind === 'bracket' && isFed(expression.value)) return behind(span.end - 1);
  if (!isFed(expression)) return {};
  return besideOperator
    ? { edits: [{ span, text: `(${textOf(span)}${text})` }] }
    : behind(span.end);
}

/** What an arrow can follow without brackets. */
const isFed = ({ kind }: Expression): boolean =>
  kind === 'name' || kind === 'arrow' || kind === 'entry' || kind === 'attribute';

/** What to call an operand in a line to write: its name, or `other`. */
export const nameOr = (operand: Operand | undefined, other: string): string =>
  operand?.expression.kind === 'name' ? operand.expression.text : other;
