import type { IToken } from 'chevrotain';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source/source.js';
import { tokenMatcher } from './chevrotain.js';
import { spanAt } from './parse-error.js';
import * as T from './tokens.js';

const openerOf = new Map([...T.closerOf].map(([open, close]) => [close, open]));
/** Behind these an operand begins that may be a number. */
const begins = [T.Binds, T.RoundOpen, T.SquareOpen, T.Comma, T.Colon, T.Operator];

/** The comment behind a word on its line. */
export function commentBehind(file: SourceFile, token: IToken): Span | undefined {
  const end = T.endOf(token);
  const [all, blank, comment] = /^([ \t]*)(\/\/[^\r\n]*)?/.exec(file.text.slice(end))!;
  return comment ? spanAt(file, end + blank!.length, end + all.length) : undefined;
}

/** What a comment would divide by, were it no comment: `// r, kernel: 1)` has `r`. */
export const divisorOf = (comment: Span): string | undefined =>
  /^\/\/[ \t]*(\w+(?:\.[a-z]\w*)?)[ \t]*(?:[,)\]*/+-].*)?$/.exec(
    comment.file.text.slice(comment.start, comment.end),
  )?.[1];

/**
 * Warnings of comments that read as the rest of a division (text-2): behind an operand that may be a number there is nothing but
 * a number, an attribute such as `x.channels`, or a name that the file binds. A remark in words is none of these.
 */
export function divisions(file: SourceFile, tokens: readonly IToken[]): Diagnostic[] {
  return tokens.flatMap((token, at) => {
    const comment = commentBehind(file, token);
    const divisor = comment && wholeDivisor(comment, tokens, at);
    const start = divisor === undefined ? undefined : operandBefore(tokens, at);
    if (!comment || divisor === undefined || start === undefined) return [];
    const before = tokens[start - 1];
    const inProduct =
      before && [T.Multiplicative, T.Minus].some((type) => tokenMatcher(before, type));
    const dividend = spanAt(file, tokens[start]!.startOffset, T.endOf(token));
    const { length } = comment.file.text.slice(comment.start, comment.end).trimEnd();
    const span = { ...comment, end: comment.start + length };
    const facts = { dividend: inProduct ? null : dividend, divisor };
    return [diagnostic('NET0910', span, facts)];
  });
}

/** All of the comment, where it is one operand. */
function wholeDivisor(comment: Span, tokens: readonly IToken[], at: number): string | undefined {
  const text = comment.file.text.slice(comment.start + 2, comment.end).trim();
  if (/^\d+(\.\d+)?$/.test(text) || /^[a-z_]\w*\.(channels|length)$/.test(text)) return text;
  const isName =
    /^[a-z_]\w*$/.test(text) && tokens.some(({ image }, i) => i < at && image === text);
  return isName && !T.keywords.includes(text) ? text : undefined;
}

/** Where the operand begins that ends with token `at`; undefined where it can be no number. */
function operandBefore(tokens: readonly IToken[], at: number): number | undefined {
  let start = at;
  if (tokens[at]!.tokenType === T.RoundClose) {
    start = partnerOf(tokens, at);
    const inside = tokens.slice(start, at).some(({ tokenType }) => tokenType === T.Arrow);
    if (inside || start < 0) return undefined;
    if (tokens[start - 1] && tokenMatcher(tokens[start - 1]!, T.Name)) start--;
  } else if (tokens[at]!.tokenType === T.SquareClose) start = partnerOf(tokens, at) - 1;
  while (tokens[start - 1]?.tokenType === T.Dot) start -= 2;
  const [first, before] = [tokens[start], tokens[start - 1]];
  const fits = [T.Lower, T.NumberToken, T.RoundOpen].some((type) => type === first?.tokenType);
  const free = !before || begins.some((type) => tokenMatcher(before, type));
  return fits && free ? start : undefined;
}

function partnerOf(tokens: readonly IToken[], at: number): number {
  const close = tokens[at]!.tokenType;
  const open = openerOf.get(close);
  let depth = 0;
  for (let i = at; i >= 0; i--) {
    const { tokenType } = tokens[i]!;
    if (tokenType === close) depth++;
    if (tokenType === open && --depth === 0) return i;
  }
  return -1;
}
