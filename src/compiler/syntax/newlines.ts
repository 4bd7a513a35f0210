import type { IToken, TokenType } from 'chevrotain';
import { tokenMatcher } from './chevrotain.js';
import * as T from './tokens.js';
import { beginsDefinition, beginsStatement, closes, opens } from './words.js';

// biome-ignore format: one line each, as in the language's reference
const cannotEnd = [
  T.Operator, T.Arrow, T.Binds, T.Comma, T.Colon, T.CurlyOpen, T.Spread, T.Not, T.As, T.In, T.With, T.Else, T.From,
];
// biome-ignore format: see above
const cannotBegin = [
  T.Operator, T.Arrow, T.As, T.With, T.Else, T.From, T.CurlyOpen, T.CurlyClose, T.Comma, T.Dot,
];

const is = (token: IToken, types: readonly TokenType[]): boolean =>
  types.some((type) => tokenMatcher(token, type));

/** Whether a statement or a definition ends with the line that lies between two tokens. */
function endsBetween(before: IToken, after: IToken): boolean {
  // No right text has a loose operator before one of these words; here it spares the next line.
  if (beginsStatement(after) || beginsDefinition(after)) return before.tokenType !== T.CurlyOpen;
  return !is(before, cannotEnd) && !is(after, cannotBegin);
}

/**
 * The newline filter (text-5): of all line ends it keeps, as `NewLine`, those that end a statement or a
 * definition. Brackets must be paired.
 */
export function filterNewLines(tokens: readonly IToken[]): IToken[] {
  const kept: IToken[] = [];
  const open: IToken[] = [];
  let lineEnd: IToken | undefined;
  for (const token of tokens) {
    if (token.tokenType === T.LineEnd) {
      lineEnd ??= token;
      continue;
    }
    const before = kept.at(-1);
    const inBraces = open.length === 0 || open.at(-1)!.tokenType === T.CurlyOpen;
    if (lineEnd && before && inBraces && endsBetween(before, token)) {
      kept.push(T.tokenAt(T.NewLine, lineEnd.startOffset));
    }
    lineEnd = undefined;
    if (opens(token)) open.push(token);
    if (closes(token)) open.pop();
    kept.push(token);
  }
  return kept;
}
