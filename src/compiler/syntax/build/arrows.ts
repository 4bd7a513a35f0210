import type { CstNode, IToken } from 'chevrotain';
import type { Suggestion } from '../../diagnostics/diagnostic.js';
import type { Span } from '../../source/source.js';
import type { Expression } from '../ast.js';
import { type Build, maybeToken, spanOf } from './cst.js';

const isOperation = (value: Expression): boolean =>
  value.kind === 'binary' || value.kind === 'unary';

const textOf = ({ file, start, end }: Span): string => file.text.slice(start, end);

/** Brackets around a span, as edits, and how a wider text reads with them. */
function bracketed(inner: Span, whole: Span): { edits: Suggestion['edits']; reading: string } {
  const gap = (at: number): Span => ({ file: inner.file, start: at, end: at });
  const before = textOf({ ...whole, end: inner.start });
  const after = textOf({ ...whole, start: inner.end });
  return {
    edits: [
      { span: gap(inner.start), text: '(' },
      { span: gap(inner.end), text: ')' },
    ],
    reading: `${before}(${textOf(inner)})${after}`.replace(/\s+/g, ' '),
  };
}

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
  const whole = bracketed(left.span, chain);
  const part = bracketed({ ...last.span, end: chain.end }, chain);
  build.report('NET0007', {
    message: `\`${textOf(left.span)}\` stands left of an arrow without brackets`,
    span: left.span,
    label: `all of this, or only \`${textOf(last.span)}\`?`,
    suggestion: {
      message: `write \`${part.reading}\` to feed \`${textOf(last.span)}\` alone`,
      edits: part.edits,
    },
    otherReading: {
      message: `write \`${whole.reading}\` to feed all of \`${textOf(left.span)}\``,
      edits: whole.edits,
    },
  });
}

/** `x -> A + y`: an arrow beside an operator; every chain wants brackets. */
export function chainBesideOperator(
  build: Build,
  chains: readonly CstNode[],
  operators: readonly IToken[],
): void {
  const arrows = chains.filter((chain) => maybeToken(chain, 'Arrow'));
  const first = arrows[0]!;
  const operator = operators[0]!;
  const readings = arrows.map((chain) => bracketed(spanOf(build, chain), spanOf(build, chain)));
  build.report('NET0007', {
    message: `an arrow stands beside \`${operator.image}\` without brackets`,
    span: spanOf(build, operator),
    related: [{ span: spanOf(build, first), message: 'this goes into brackets' }],
    suggestion: {
      message: `write ${readings.map(({ reading }) => `\`${reading}\``).join(' and ')}`,
      edits: readings.flatMap(({ edits }) => edits ?? []),
    },
  });
}
