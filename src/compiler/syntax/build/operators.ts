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
  const pairs = operators.map((operator, i) =>
    leftToRight(build, operands.slice(i, i + 2), [operator]),
  );
  build.report('NET0008', spanOf(build, operators[1]!), {
    operands: operands.map(({ span }) => span),
    operators: operators.map(({ image }) => image),
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
