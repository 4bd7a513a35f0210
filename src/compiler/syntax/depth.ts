import type { IToken } from 'chevrotain';
import { tokenMatcher } from './chevrotain.js';
import * as T from './tokens.js';
import { beginsStatement, closes, opens } from './words.js';

/** Well below what the machine's stack bears, well above what anyone writes. */
const limit = 1_000;
/** The parser goes through all levels of precedence for what is in a bracket, a choice or a loop. */
const levels = 12;

const begins = [T.If, T.For, T.Repeat];
const links = [T.Operator, T.Not, T.Arrow, T.Dot, T.Else];
const separators = [T.NewLine, T.Comma, T.Colon];

/** The first token at which expressions inside each other become too many to parse (grammar-4), if any. */
export function tooDeep(tokens: readonly IToken[]): IToken | undefined {
  /** For each open bracket, the depth since it or since the last separator in it. */
  const open = [0];
  let depth = 0;
  const add = (weight: number): void => {
    open[open.length - 1]! += weight;
    depth += weight;
  };
  return tokens.find((token) => {
    const is = (type: IToken['tokenType']): boolean => tokenMatcher(token, type);
    if (opens(token)) {
      add(levels);
      open.push(0);
    } else if (closes(token)) {
      depth -= open.pop() ?? 0;
      // What follows, such as another `(`, takes the whole bracket as its operand.
      add(1 - levels);
    } else if (separators.some(is)) add(-open[open.length - 1]!);
    else if (begins.some(is)) add(levels);
    else if (links.some(is)) add(1);
    return depth > limit;
  });
}

/** More brackets inside each other than can be parsed (grammar-4); which of them lacks its partner is not sought. */
const mostOpen = 100;

/** The bracket with which too many are open. */
export function tooMany(tokens: readonly IToken[]): IToken | undefined {
  let [braces, others] = [0, 0];
  return tokens.find((token, i) => {
    const change = opens(token) ? 1 : closes(token) ? -1 : 0;
    const isBrace = token.tokenType === T.CurlyOpen || token.tokenType === T.CurlyClose;
    if (isBrace) braces = Math.max(0, braces + change);
    else others = Math.max(0, others + change);
    // A line that begins a statement ends what is open before it.
    if (tokens[i - 1]?.tokenType === T.LineEnd && beginsStatement(token)) others = 0;
    return braces + others > mostOpen;
  });
}
