import type { IToken } from 'chevrotain';
import { joinSpans } from '../../source/source.js';
import type { BinaryOperator, Expression } from '../ast.js';
import { type Build, spanOf } from './cst.js';

/** `a + b - c` as `(a + b) - c`. */
export function leftToRight(
  build: Build,
  operands: readonly Expression[],
  operators: readonly IToken[],
): Expression {
  return operands.slice(1).reduce((left, right, i): Expression => {
    const operator = operators[i]!;
    return {
      kind: 'binary',
      operator: operator.image as BinaryOperator,
      operatorSpan: spanOf(build, operator),
      left,
      right,
      span: joinSpans(left.span, right.span),
    };
  }, operands[0]!);
}

/** One comparison; `a < b < c` is refused and read on as `a < b and b < c`. */
export function comparisons(
  build: Build,
  operands: readonly Expression[],
  operators: readonly IToken[],
): Expression {
  if (operators.length < 2) return leftToRight(build, operands, operators);
  const text = ({ span }: Expression): string => span.file.text.slice(span.start, span.end);
  const pairs = operators.map((operator, i) =>
    leftToRight(build, operands.slice(i, i + 2), [operator]),
  );
  const meant = operators
    .map((operator, i) => `${text(operands[i]!)} ${operator.image} ${text(operands[i + 1]!)}`)
    .join(' and ');
  const span = joinSpans(operands[0]!.span, operands.at(-1)!.span);
  build.report('NET0008', {
    message: 'a comparison gives true or false, which cannot be compared again',
    span: spanOf(build, operators[1]!),
    label: 'a second comparison',
    suggestion: { message: `write \`${meant}\``, edits: [{ span, text: meant }] },
  });
  return pairs.reduce(
    (left, right): Expression => ({
      kind: 'binary',
      operator: 'and',
      operatorSpan: right.span,
      left,
      right,
      span: joinSpans(left.span, right.span),
    }),
  );
}
