import type { IToken } from 'chevrotain';
import { joinSpans } from '../../source/source.js';
import type { Expression } from '../ast.js';
import { type Build, spanOf } from './cst.js';
import { leftToRight } from './expressions.js';

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
