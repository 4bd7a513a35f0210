import type { IToken } from 'chevrotain';
import type { MissingPartner } from '../diagnostics/messages/brackets.js';
import { lineSpan, positionAt, type SourceFile, type Span } from '../source/source.js';
import { commentBehind, divisorOf } from './division.js';
import { type ParseError, parseError, spanAt } from './parse-error.js';
import * as T from './tokens.js';

/** A bracket whose partner is sought. */
export interface Opener {
  readonly bracket: IToken;
  /** Counted from the beginning of its definition. */
  readonly line: number;
  /** Whether nothing stands behind it on its line. */
  readonly endsLine: boolean;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

const spanOf = (file: SourceFile, token: IToken): Span =>
  spanAt(file, token.startOffset, T.endOf(token));

/**
 * Brackets open at a place where they cannot be, the outer ones first: `before` a word, or at the
 * text's end. `read` is what stands before it in the definition.
 */
export function unclosed(
  file: SourceFile,
  openers: readonly Opener[],
  read: readonly IToken[],
  before: IToken | null,
): ParseError {
  const inner = openers.at(-1)!;
  const places = openers.map((opener) => placeFor(file, opener, read, before));
  const at = mainSpan(file, inner, places.at(-1)!);
  const end = before ? before.startOffset : file.text.trimEnd().length;
  return parseError(
    'NET0004',
    at,
    {
      kind: 'unclosed',
      open: places,
      before: before ? before.image : null,
      atPartner: at.start !== inner.bracket.startOffset,
      comment: inComment(file, inner, read),
    },
    {
      covers: spanAt(file, openers[0]!.bracket.startOffset, Math.max(end, T.endOf(inner.bracket))),
      guessed: inner.bracket.tokenType !== T.CurlyOpen,
    },
  );
}

/** More brackets inside each other than can be parsed, in a definition that is lost with them. */
export function tooDeeply(
  file: SourceFile,
  definition: readonly IToken[],
  bracket: IToken,
): ParseError {
  const [first, last] = [definition[0]!, definition.at(-1)!];
  const covers = spanAt(file, first.startOffset, T.endOf(last));
  return parseError('NET0016', spanOf(file, bracket), {}, { covers });
}

/** The last word before an offset, of those that are written in the text. */
function wordBefore(read: readonly IToken[], offset: number): IToken | undefined {
  let [low, high] = [0, read.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (read[middle]!.startOffset < offset) low = middle + 1;
    else high = middle;
  }
  let at = low - 1;
  while (at >= 0 && (read[at]!.tokenType === T.LineEnd || read[at]!.image === '')) at--;
  return read[at];
}

/** The last word of the line that a bracket stands on. */
function lastInLine(file: SourceFile, bracket: IToken, read: readonly IToken[]): IToken {
  const { line } = positionAt(file, bracket.startOffset);
  const word = wordBefore(read, lineSpan(file, line - 1).end);
  return word && word.startOffset > bracket.startOffset ? word : bracket;
}

/** Where the partner is there, after the `//` of a comment on the bracket's line. */
function inComment(file: SourceFile, { bracket }: Opener, read: readonly IToken[]) {
  const comment = commentBehind(file, lastInLine(file, bracket, read));
  const partner = closing[bracket.image]!;
  if (!comment || !file.text.slice(comment.start, comment.end).includes(partner)) return undefined;
  const { line } = positionAt(file, bracket.startOffset);
  return { line, divisor: divisorOf(comment) ?? null };
}

/** Braces over several lines are missed at their end, all else at its beginning. */
function mainSpan(file: SourceFile, { bracket, endsLine }: Opener, place: MissingPartner): Span {
  if (bracket.tokenType !== T.CurlyOpen || !endsLine) return spanOf(file, bracket);
  return place.at;
}

function placeFor(
  file: SourceFile,
  { bracket, endsLine }: Opener,
  read: readonly IToken[],
  before: IToken | null,
): MissingPartner {
  const partner = closing[bracket.image]!;
  const last = wordBefore(read, Number.POSITIVE_INFINITY) ?? bracket;
  const lineAt = (offset: number): number => positionAt(file, offset).line;
  if (bracket.tokenType === T.CurlyOpen && endsLine) return braceBelow(file, bracket, last);
  const offset = T.endOf(endsLine ? last : lastInLine(file, bracket, read));
  const text = bracket.tokenType === T.CurlyOpen ? ` ${partner}` : partner;
  const sameLine = before !== null && lineAt(before.startOffset) === lineAt(offset);
  const where = sameLine
    ? ({ kind: 'before', word: before.image } as const)
    : ({ kind: 'endOf', line: lineAt(offset) } as const);
  return { opened: spanOf(file, bracket), at: spanAt(file, offset, offset), text, where };
}

/** A brace that closes lines stands on a line of its own, under the beginning of its opener's line. */
function braceBelow(file: SourceFile, bracket: IToken, last: IToken): MissingPartner {
  const { text } = file;
  const opened = spanOf(file, bracket);
  const begin = text.lastIndexOf('\n', bracket.startOffset - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(begin))![0];
  const lineEnd = text.indexOf('\n', T.endOf(last));
  const below = lineEnd < 0 ? '' : text.slice(lineEnd + 1).split('\n', 1)[0]!;
  const { line } = positionAt(file, T.endOf(last));
  if (lineEnd >= 0 && below.trim() === '') {
    const at = spanAt(file, lineEnd + 1, lineEnd + 1);
    return { opened, at, text: `${indent}}`, where: { kind: 'on', line: line + 1 } };
  }
  const offset = lineEnd < 0 ? text.length : lineEnd;
  const at = spanAt(file, offset, offset);
  return { opened, at, text: `\n${indent}}`, where: { kind: 'below', line } };
}

export function unopened(file: SourceFile, closer: IToken): ParseError {
  const span = spanOf(file, closer);
  const covers = lineOf(span);
  return parseError('NET0004', span, { kind: 'unopened' }, { covers, yields: true, guessed: true });
}

/** A `{` where no block, choice or loop has its braces, in a definition that has too many of them. */
export function unasked(file: SourceFile, opener: IToken): ParseError {
  const span = spanOf(file, opener);
  return parseError('NET0004', span, { kind: 'unasked' }, { covers: lineOf(span) });
}

function lineOf({ file, start }: Span): Span {
  const line = lineSpan(file, positionAt(file, start).line - 1);
  return spanAt(file, line.start, file.text[line.end - 1] === '\n' ? line.end - 1 : line.end);
}

export function mismatched(file: SourceFile, opener: IToken, closer: IToken): ParseError {
  const open = spanOf(file, opener);
  const span = spanOf(file, closer);
  const covers = spanAt(file, open.start, span.end);
  return parseError(
    'NET0004',
    span,
    { kind: 'mismatched', opened: open },
    { covers, guessed: true },
  );
}
