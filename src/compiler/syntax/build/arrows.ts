import type { CstNode, IToken } from 'chevrotain';
import { joinSpans, type Span } from '../../source/source.js';
import type { Expression } from '../ast.js';
import { type Build, maybeToken, spanOf } from './cst.js';

const isOperation = (value: Expression): boolean =>
  value.kind === 'binary' || value.kind === 'unary';

/**
 * `u + u -> B`: the arrow could take the sum or only its last operand. Both have the right shapes,
 * and the wrong one trains.
 */
export function operatorLeftOfArrow(build: Build, left: Expression, chain: Span): void {
  if (!isOperation(left)) return;
  let last = left;
  while (last.kind === 'binary' || last.kind === 'unary') {
    last = last.kind === 'binary' ? last.right : last.operand;
  }
  build.report('NET0007', left.span, { kind: 'before', last: last.span, chain });
}

/** `x -> A + y`: an arrow beside an operator (precedence-2); every chain wants brackets. */
export function chainBesideOperator(
  build: Build,
  chains: readonly CstNode[],
  operators: readonly IToken[],
): void {
  const spans = chains.map((chain) => spanOf(build, chain));
  const arrows = spans.filter((_, i) => maybeToken(chains[i]!, 'Arrow'));
  const whole = joinSpans(spans[0]!, spans.at(-1)!);
  build.report('NET0007', spanOf(build, operators[0]!), { kind: 'beside', chains: arrows, whole });
}
