import type { IToken } from 'chevrotain';
import type { SourceFile } from '../compiler/source/source.js';
import { tokenMatcher } from '../compiler/syntax/chevrotain.js';
import { scan } from '../compiler/syntax/scan.js';
import * as T from '../compiler/syntax/tokens.js';
import { closes, opens } from '../compiler/syntax/words.js';

/** What may be written at a place. */
export type Wanted =
  | {
      readonly kind:
        | 'nothing'
        | 'attribute'
        | 'stage'
        | 'value'
        | 'statement'
        | 'top'
        | 'model'
        | 'from';
    }
  /** A path in quotes; `quoted` where the quotes are there. */
  | { readonly kind: 'path'; readonly quoted: boolean }
  /** A name of the file `from`, where that is written already. */
  | { readonly kind: 'import'; readonly from: string | null }
  /** An argument of `callee`; `given` are named already. */
  | { readonly kind: 'argument'; readonly callee: string; readonly given: readonly string[] }
  | { readonly kind: 'argument value'; readonly callee: string; readonly parameter: string };

/** What may be written at an offset, and the word that is being written there. */
export interface Context {
  readonly wanted: Wanted;
  readonly start: number;
  readonly end: number;
}

const naming = new Set([T.As, T.Let, T.Shared, T.Input, T.Output, T.Block, T.Model, T.For]);

/** Read from the tokens before the offset alone, since the statement there is most often unfinished. */
export function contextAt(source: SourceFile, offset: number): Context {
  const { tokens } = scan(source);
  const at = tokens.find((t) => t.startOffset < offset && offset <= T.endOf(t));
  const isWord = at && (tokenMatcher(at, T.Name) || tokenMatcher(at, T.Keyword));
  const start = isWord ? at.startOffset : offset;
  // A line end goes on over blank lines and comments, in one of which this may be.
  const before = tokens.filter((token) =>
    token.tokenType === T.LineEnd ? token.startOffset < start : T.endOf(token) <= start,
  );
  const lastWord = before.findLast(({ tokenType }) => tokenType !== T.LineEnd);
  const inText = at && (at.tokenType === T.Text || at.tokenType === T.OpenText);
  if (inText && (at.tokenType === T.OpenText || offset < T.endOf(at))) {
    const isPath = lastWord?.tokenType === T.From;
    const end = at.tokenType === T.Text ? T.endOf(at) - 1 : T.endOf(at);
    const wanted: Wanted = isPath ? { kind: 'path', quoted: true } : { kind: 'nothing' };
    return { wanted, start: at.startOffset + 1, end };
  }
  const gap = source.text.slice(lastWord ? T.endOf(lastWord) : 0, start);
  const inComment = gap.slice(gap.lastIndexOf('\n') + 1).includes('//');
  const lost = inComment || at?.tokenType === T.NumberToken;
  const after = tokens.filter((token) => token.startOffset >= offset);
  const wanted: Wanted = lost ? { kind: 'nothing' } : wantedAfter(before, after);
  return { wanted, start, end: isWord ? Math.max(T.endOf(at), offset) : offset };
}

const significant = (tokens: readonly IToken[]): readonly IToken[] =>
  tokens.filter(({ tokenType }) => tokenType !== T.LineEnd);

function wantedAfter(before: readonly IToken[], after: readonly IToken[]): Wanted {
  const words = significant(before);
  const last = words.at(-1);
  const type = last?.tokenType;
  if (type === T.Dot) return { kind: 'attribute' };
  if (type === T.Arrow) return { kind: 'stage' };
  if (type && naming.has(type)) return { kind: 'nothing' };
  const opener = openAt(words);
  const statementBegins = !last || last !== before.at(-1);
  const imported = inImport(words, significant(after));
  if (imported && !(statementBegins && type === T.Text)) return imported;
  if (opener < 0) {
    if (type === T.Binds) return { kind: 'model' };
    return { kind: statementBegins ? 'top' : 'nothing' };
  }
  const bracket = words[opener]!.tokenType;
  if (bracket === T.RoundOpen) return inRound(words, opener);
  const begins = bracket === T.CurlyOpen && (type === T.CurlyOpen || endsStatement(before, last));
  return { kind: begins ? 'statement' : 'value' };
}

/** Whether a line has ended after `last`, and with it a statement. */
function endsStatement(before: readonly IToken[], last: IToken | undefined): boolean {
  if (!last || before.at(-1) === last) return false;
  const goesOn =
    tokenMatcher(last, T.Operator) || [T.Binds, T.Comma, T.Colon].includes(last.tokenType);
  return !goesOn;
}

/** The index of the innermost bracket that is open behind `tokens`; -1 outside of all. */
function openAt(tokens: readonly IToken[]): number {
  let depth = 0;
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (closes(tokens[i]!)) depth++;
    else if (opens(tokens[i]!) && depth-- === 0) return i;
  }
  return -1;
}

function inImport(words: readonly IToken[], after: readonly IToken[]): Wanted | undefined {
  const begin = words.findLastIndex(({ tokenType }) => tokenType === T.Import);
  const part = words.slice(begin);
  if (begin < 0 || part.some(({ tokenType }) => tokenType === T.Text)) return undefined;
  const last = part.at(-1)!.tokenType;
  if (last === T.From) return { kind: 'path', quoted: false };
  if (part.some(({ tokenType }) => tokenType === T.CurlyClose)) return { kind: 'from' };
  if (last !== T.CurlyOpen && last !== T.Comma) return { kind: 'nothing' };
  const next = after.findIndex(({ tokenType }) => tokenType === T.Import);
  const rest = next < 0 ? after : after.slice(0, next);
  const from = rest.findIndex(({ tokenType }) => tokenType === T.From);
  const text = from < 0 ? undefined : rest[from + 1];
  return { kind: 'import', from: text?.tokenType === T.Text ? text.image.slice(1, -1) : null };
}

/** Inside `(`: arguments where a name stands before it, parameters where that name is defined. */
function inRound(words: readonly IToken[], opener: number): Wanted {
  const last = words.at(-1)!;
  const head = words[opener - 1];
  const isValue = last.tokenType === T.Binds || tokenMatcher(last, T.Operator);
  if (isHead(words, opener)) return { kind: isValue ? 'value' : 'nothing' };
  if (!head || !tokenMatcher(head, T.Name)) return { kind: 'value' };
  const callee = head.image;
  if (last.tokenType === T.Colon) {
    return { kind: 'argument value', callee, parameter: words.at(-2)!.image };
  }
  if (last !== words[opener] && last.tokenType !== T.Comma) return { kind: 'value' };
  const given = words
    .slice(opener)
    .filter((word, i, all) => tokenMatcher(word, T.Name) && all[i + 1]?.tokenType === T.Colon)
    .map(({ image }) => image);
  return { kind: 'argument', callee, given };
}

/** Whether the bracket opens a list of a definition: `block X(` or, behind that list, `(`. */
function isHead(words: readonly IToken[], opener: number): boolean {
  const before = words[opener - 1];
  if (before?.tokenType === T.RoundClose) {
    const first = openAt(words.slice(0, opener - 1));
    return first >= 0 && isHead(words, first);
  }
  const word = words[opener - 2]?.tokenType;
  return word === T.Block || word === T.Model;
}
