import type { IToken, TokenType } from 'chevrotain';
import type { SourceFile } from '../source/source.js';
import { type Finding, spanAt } from './finding.js';
import * as T from './tokens.js';

const closerOf = new Map<TokenType, TokenType>([
  [T.RoundOpen, T.RoundClose],
  [T.SquareOpen, T.SquareClose],
  [T.CurlyOpen, T.CurlyClose],
]);
const openerOf = new Map([...closerOf].map(([open, close]) => [close, open]));
const statementWords = new Set([T.Input, T.Output, T.Let, T.Shared, T.Require]);
const definitionWords = new Set([T.Import, T.Block, T.Model]);

export const opens = (token: IToken): boolean => closerOf.has(token.tokenType);
export const closes = (token: IToken): boolean => openerOf.has(token.tokenType);
export const beginsStatement = (token: IToken): boolean => statementWords.has(token.tokenType);
export const beginsDefinition = (token: IToken): boolean => definitionWords.has(token.tokenType);

/**
 * Gives every bracket its partner, so that the parser never meets an open end: missing ones are
 * put in, those without a partner are left out, and each is reported. Words that can only begin a
 * statement or a definition show where a forgotten bracket must have ended.
 */
export function pairBrackets(
  source: SourceFile,
  tokens: readonly IToken[],
): { tokens: IToken[]; findings: Finding[] } {
  const paired: IToken[] = [];
  const findings: Finding[] = [];
  const open: IToken[] = [];

  const closeDownTo = (depth: number, before: IToken | null): void => {
    if (open.length <= depth) return;
    findings.push(unclosed(source, open.slice(depth), before));
    const missing = open.splice(depth).reverse();
    insertClosers(paired, missing);
  };

  let lineBegins = true;
  for (const token of tokens) {
    if (lineBegins && beginsDefinition(token)) closeDownTo(0, token);
    if (lineBegins && beginsStatement(token)) closeDownTo(insideCurly(open), token);
    lineBegins = token.tokenType === T.LineEnd;
    if (!closes(token)) {
      if (opens(token)) open.push(token);
      paired.push(token);
      continue;
    }
    const partner = partnerOf(token, open);
    if (partner === 'none') {
      findings.push(unopened(source, token));
    } else if (partner === 'wrong') {
      const opener = open.pop()!;
      findings.push(mismatched(source, opener, token));
      paired.push(T.tokenAt(closerOf.get(opener.tokenType)!, token.startOffset));
    } else {
      closeDownTo(partner + 1, token);
      open.pop();
      paired.push(token);
    }
  }
  closeDownTo(0, null);
  return { tokens: paired, findings };
}

/** How many brackets stay open when those within the innermost braces are closed. */
const insideCurly = (open: readonly IToken[]): number =>
  open.findLastIndex((token) => token.tokenType === T.CurlyOpen) + 1;

/** Round and square brackets close nothing outside their braces; a brace closes what it encloses. */
function partnerOf(closer: IToken, open: readonly IToken[]): number | 'none' | 'wrong' {
  const wanted = openerOf.get(closer.tokenType);
  const index = open.findLastIndex((token) => token.tokenType === wanted);
  if (wanted === T.CurlyOpen) return index >= 0 ? index : 'none';
  const floor = insideCurly(open);
  if (index >= floor) return index;
  return open.length > floor ? 'wrong' : 'none';
}

/** Puts the closing partners after the last word, before the line ends that follow it. */
function insertClosers(tokens: IToken[], openers: readonly IToken[]): void {
  const last = tokens.findLastIndex((token) => token.tokenType !== T.LineEnd);
  const offset = T.endOf(tokens[last]!);
  const closers = openers.map((opener) => T.tokenAt(closerOf.get(opener.tokenType)!, offset));
  tokens.splice(last + 1, 0, ...closers);
}

function unclosed(file: SourceFile, openers: readonly IToken[], before: IToken | null): Finding {
  const end = before ? before.startOffset : file.text.trimEnd().length;
  const inner = openers.at(-1)!;
  const place = before ? `before \`${before.image}\`` : 'at the end of the text';
  const related = openers.map((opener) => ({
    span: spanAt(file, opener.startOffset, T.endOf(opener)),
    message: `\`${opener.image}\` opened here`,
  }));
  return {
    code: 'NET0004',
    parts: {
      message: `\`${inner.image}\` is still open ${place}`,
      span: spanAt(file, end, before ? T.endOf(before) : end),
      related,
    },
    covers: spanAt(file, openers[0]!.startOffset, Math.max(end, T.endOf(inner))),
    yields: false,
  };
}

function unopened(file: SourceFile, closer: IToken): Finding {
  const span = spanAt(file, closer.startOffset, T.endOf(closer));
  const opener = closer.image === ')' ? '(' : closer.image === ']' ? '[' : '{';
  const message = `\`${closer.image}\` closes nothing: no \`${opener}\` is open here`;
  const covers = spanAt(file, file.text.lastIndexOf('\n', span.start) + 1, span.end);
  return { code: 'NET0004', parts: { message, span }, covers, yields: true };
}

function mismatched(file: SourceFile, opener: IToken, closer: IToken): Finding {
  const open = spanAt(file, opener.startOffset, T.endOf(opener));
  const span = spanAt(file, closer.startOffset, T.endOf(closer));
  const wanted = opener.image === '(' ? ')' : ']';
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
  };
}
