import type { CstNode, IToken } from 'chevrotain';
import type { Suggestion } from '../../diagnostics/diagnostic.js';
import { joinSpans, type Span } from '../../source/source.js';
import type { Expression } from '../ast.js';
import { type Build, maybeToken, spanOf } from './cst.js';

const isOperation = (value: Expression): boolean =>
  value.kind === 'binary' || value.kind === 'unary';

const textOf = ({ file, start, end }: Span): string => file.text.slice(start, end);

type Edits = NonNullable<Suggestion['edits']>;

function bracketsAround({ file, start, end }: Span): Edits {
  return [
    { span: { file, start, end: start }, text: '(' },
    { span: { file, start: end, end }, text: ')' },
  ];
}

/** How a text reads after edits, on one line. */
function reading(whole: Span, edits: Edits): string {
  let text = '';
  let at = whole.start;
  for (const edit of edits) {
    text += textOf({ ...whole, start: at, end: edit.span.start }) + edit.text;
    at = edit.span.end;
  }
  return (text + textOf({ ...whole, start: at })).replace(/\s+/g, ' ');
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
  const whole = bracketsAround(left.span);
  const part = bracketsAround({ ...last.span, end: chain.end });
  build.report('NET0007', {
    message: `\`${textOf(left.span)}\` stands left of an arrow without brackets`,
    span: left.span,
    label: `all of this, or only \`${textOf(last.span)}\`?`,
    suggestion: {
      message: `write \`${reading(chain, part)}\` to feed \`${textOf(last.span)}\` alone`,
      edits: part,
    },
    otherReading: {
      message: `write \`${reading(chain, whole)}\` to feed all of \`${textOf(left.span)}\``,
      edits: whole,
    },
  });
}

/** `x -> A + y`: an arrow beside an operator (precedence-2); every chain wants brackets. */
export function chainBesideOperator(
  build: Build,
  chains: readonly CstNode[],
  operators: readonly IToken[],
): void {
  const spans = chains.map((chain) => spanOf(build, chain));
  const arrows = spans.filter((_, i) => maybeToken(chains[i]!, 'Arrow'));
  const edits = arrows.flatMap(bracketsAround);
  const whole = joinSpans(spans[0]!, spans.at(-1)!);
  const span = spanOf(build, operators[0]!);
  build.report('NET0007', {
    message: `an arrow stands beside \`${operators[0]!.image}\` without brackets`,
    span,
    ...(beginsLine(span) && {
      label: 'a line that begins with an operator continues the line before',
    }),
    related: arrows.map((arrow) => ({ span: arrow, message: 'this goes into brackets' })),
    suggestion: { message: `write \`${reading(whole, edits)}\``, edits },
    ...(beginsLine(span) && operators[0]!.image === '-' && { otherReading: ofItsOwn(span) }),
  });
}

const ofItsOwn = ({ file, start }: Span): Suggestion => {
  const [operand] = /^-\s*\w*/.exec(file.text.slice(start)) ?? ['-x'];
  return {
    message: `to begin a line of its own, put \`-\` and its operand into brackets: \`(${operand})\``,
  };
};

const beginsLine = ({ file, start }: Span): boolean =>
  /(^|\n)[ \t]*$/.test(file.text.slice(0, start));
