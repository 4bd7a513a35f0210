import type { IToken } from 'chevrotain';
import type { Suggestion } from '../diagnostics/diagnostic.js';
import { positionAt, type SourceFile, type Span } from '../source/source.js';
import { commentBehind, divisorOf } from './division.js';
import { type Finding, spanAt } from './finding.js';
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

/** Where a bracket's partner is to be put in. */
interface Place {
  readonly offset: number;
  /** What is written there. */
  readonly text: string;
  readonly where: string;
}

/**
 * Brackets open at a place where they cannot be, the outer ones first: `before` a word, or at the
 * text's end. `read` is what stands before it in the definition.
 */
export function unclosed(
  file: SourceFile,
  openers: readonly Opener[],
  read: readonly IToken[],
  before: IToken | null,
): Finding {
  const inner = openers.at(-1)!;
  const words = read.filter(({ tokenType, image }) => tokenType !== T.LineEnd && image !== '');
  const places = openers.map((opener) => placeFor(file, opener, words, before));
  const main = mainSpan(file, inner, places.at(-1)!);
  const others =
    inner.endsLine && main.start !== inner.bracket.startOffset ? openers : openers.slice(0, -1);
  const end = before ? before.startOffset : file.text.trimEnd().length;
  return {
    code: 'NET0004',
    parts: {
      message: `\`${inner.bracket.image}\` is still open ${before ? `before \`${before.image}\`` : 'at the end of the text'}`,
      span: main,
      label: main.start === inner.bracket.startOffset ? 'opened here' : '`}` is missing here',
      related: others.map(({ bracket }) => ({
        span: spanOf(file, bracket),
        message: `\`${bracket.image}\` opened here`,
      })),
      suggestion: inComment(file, inner, words) ?? closeThem(file, openers, places),
    },
    covers: spanAt(file, openers[0]!.bracket.startOffset, Math.max(end, T.endOf(inner.bracket))),
    yields: false,
    guessed: inner.bracket.tokenType !== T.CurlyOpen,
  };
}

/** What to do where the partner is there, behind the `//` of a comment on the bracket's line. */
function inComment(
  file: SourceFile,
  { bracket }: Opener,
  words: readonly IToken[],
): Suggestion | undefined {
  const { line } = positionAt(file, bracket.startOffset);
  const last = words.findLast((word) => positionAt(file, word.startOffset).line === line);
  const comment = commentBehind(file, last ?? bracket);
  const partner = closing[bracket.image]!;
  if (!comment || !file.text.slice(comment.start, comment.end).includes(partner)) return undefined;
  const divisor = divisorOf(comment);
  const instead = divisor
    ? `for the whole part of a quotient write \`floor(a / ${divisor})\``
    : `write the \`${partner}\` before it`;
  return { message: `the \`${partner}\` of line ${line} stands in a comment: ${instead}` };
}

/** Braces over several lines are missed at their end, all else at its beginning. */
function mainSpan(file: SourceFile, { bracket, endsLine }: Opener, place: Place): Span {
  if (bracket.tokenType !== T.CurlyOpen || !endsLine) return spanOf(file, bracket);
  return spanAt(file, place.offset, place.offset);
}

function placeFor(
  file: SourceFile,
  { bracket, endsLine }: Opener,
  words: readonly IToken[],
  before: IToken | null,
): Place {
  const partner = closing[bracket.image]!;
  const last = words.at(-1) ?? bracket;
  const lineAt = (offset: number): number => positionAt(file, offset).line;
  if (bracket.tokenType === T.CurlyOpen && endsLine) return braceBelow(file, bracket, last);
  const line = lineAt(bracket.startOffset);
  const inLine = words.findLast((word) => lineAt(word.startOffset) === line) ?? bracket;
  const offset = T.endOf(endsLine ? last : inLine);
  const text = bracket.tokenType === T.CurlyOpen ? ` ${partner}` : partner;
  const sameLine = before !== null && lineAt(before.startOffset) === lineAt(offset);
  const where = sameLine ? `before \`${before.image}\`` : `at the end of line ${lineAt(offset)}`;
  return { offset, text, where };
}

/** A brace that closes lines stands on a line of its own, under the beginning of its opener's line. */
function braceBelow(file: SourceFile, bracket: IToken, last: IToken): Place {
  const { text } = file;
  const begin = text.lastIndexOf('\n', bracket.startOffset - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(begin))![0];
  const lineEnd = text.indexOf('\n', T.endOf(last));
  const below = lineEnd < 0 ? '' : text.slice(lineEnd + 1).split('\n', 1)[0]!;
  const { line } = positionAt(file, T.endOf(last));
  if (lineEnd >= 0 && below.trim() === '') {
    return { offset: lineEnd + 1, text: `${indent}}`, where: `on line ${line + 1}` };
  }
  const offset = lineEnd < 0 ? text.length : lineEnd;
  return { offset, text: `\n${indent}}`, where: `below line ${line}` };
}

/** The partners, the inner ones first; an outer one is never put before an inner one. */
function closeThem(
  file: SourceFile,
  openers: readonly Opener[],
  places: readonly Place[],
): Suggestion {
  const edits: { span: Span; text: string }[] = [];
  let least = 0;
  for (const { offset, text } of [...places].reverse()) {
    least = Math.max(least, offset);
    const last = edits.at(-1);
    if (last?.span.start === least) last.text += text;
    else edits.push({ span: spanAt(file, least, least), text });
  }
  const ends = openers.map(({ bracket }, i) => ({
    partner: closing[bracket.image]!,
    where: places[i]!.where,
  }));
  const words = ends
    .reverse()
    .map(
      ({ partner, where }, i) => `\`${partner}\`${where === ends[i + 1]?.where ? '' : ` ${where}`}`,
    )
    .join(', then ');
  return { message: `close ${openers.length === 1 ? 'it' : 'them'}: write ${words}`, edits };
}

export function unopened(file: SourceFile, closer: IToken): Finding {
  const span = spanOf(file, closer);
  const opener = closer.image === ')' ? '(' : closer.image === ']' ? '[' : '{';
  const message = `\`${closer.image}\` closes nothing: no \`${opener}\` is open here`;
  const suggestion = {
    message: `remove it, or write the \`${opener}\` that it closes`,
    edits: [{ span, text: '' }],
  };
  return {
    code: 'NET0004',
    parts: { message, span, suggestion },
    covers: lineOf(span),
    yields: true,
    guessed: true,
  };
}

/** A `{` where no block, choice or loop has its braces, in a definition that has too many of them. */
export function unasked(file: SourceFile, opener: IToken): Finding {
  const span = spanOf(file, opener);
  const suggestion = {
    message: 'remove it: braces hold the body of a block, a model, an `if` or a loop',
    edits: [{ span, text: '' }],
  };
  const message = 'this `{` is never closed, and nothing before it has a body';
  return {
    code: 'NET0004',
    parts: { message, span, suggestion },
    covers: lineOf(span),
    yields: false,
  };
}

function lineOf({ file, start, end }: Span): Span {
  const next = file.text.indexOf('\n', end);
  const begin = file.text.lastIndexOf('\n', start - 1) + 1;
  return spanAt(file, begin, next < 0 ? file.text.length : next);
}

export function mismatched(file: SourceFile, opener: IToken, closer: IToken): Finding {
  const open = spanOf(file, opener);
  const span = spanOf(file, closer);
  const wanted = closing[opener.image]!;
  return {
    code: 'NET0004',
    parts: {
      message: `\`${opener.image}\` is closed by \`${closer.image}\``,
      span,
      related: [{ span: open, message: `\`${opener.image}\` opened here` }],
      suggestion: { message: `write \`${wanted}\``, edits: [{ span, text: wanted }] },
    },
    covers: spanAt(file, open.start, span.end),
    yields: false,
    guessed: true,
  };
}
