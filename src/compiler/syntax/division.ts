import type { IToken, TokenType } from 'chevrotain';
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
  const line: Line = { tokens, partners: partnersOf(tokens), met: new Set() };
  return tokens.flatMap((token, at) => {
    const comment = commentBehind(file, token);
    const divisor = comment && wholeDivisor(comment, line);
    line.met.add(token.image);
    const start = divisor === undefined ? undefined : operandBefore(line, at);
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

/** Tokens in order, up to one at which a comment is looked at. */
interface Line {
  readonly tokens: readonly IToken[];
  /** By the index of a closing bracket, that of the one it closes. */
  readonly partners: ReadonlyMap<number, number>;
  /** The words before it. */
  readonly met: Set<string>;
}

function partnersOf(tokens: readonly IToken[]): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const open = new Map<TokenType, number[]>([...T.closerOf.keys()].map((type) => [type, []]));
  tokens.forEach(({ tokenType }, i) => {
    const opener = openerOf.get(tokenType);
    open.get(tokenType)?.push(i);
    const at = opener && open.get(opener)?.pop();
    if (at !== undefined) partners.set(i, at);
  });
  return partners;
}

/** All of the comment, where it is one operand. */
function wholeDivisor(comment: Span, { met }: Line): string | undefined {
  const text = comment.file.text.slice(comment.start + 2, comment.end).trim();
  if (/^\d+(\.\d+)?$/.test(text) || /^[a-z_]\w*\.(channels|length)$/.test(text)) return text;
  const isName = /^[a-z_]\w*$/.test(text) && met.has(text);
  return isName && !T.keywords.includes(text) ? text : undefined;
}

/** Where the operand begins that ends with token `at`; undefined where it can be no number. */
function operandBefore({ tokens, partners }: Line, at: number): number | undefined {
  let start = at;
  if (tokens[at]!.tokenType === T.RoundClose) {
    start = partners.get(at) ?? -1;
    const inside = tokens.slice(start, at).some(({ tokenType }) => tokenType === T.Arrow);
    if (inside || start < 0) return undefined;
    if (tokens[start - 1] && tokenMatcher(tokens[start - 1]!, T.Name)) start--;
  } else if (tokens[at]!.tokenType === T.SquareClose) start = (partners.get(at) ?? -1) - 1;
  while (tokens[start - 1]?.tokenType === T.Dot) start -= 2;
  const [first, before] = [tokens[start], tokens[start - 1]];
  const fits = [T.Lower, T.NumberToken, T.RoundOpen].some((type) => type === first?.tokenType);
  const free = !before || begins.some((type) => tokenMatcher(before, type));
  return fits && free ? start : undefined;
}
