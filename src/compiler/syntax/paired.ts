import type { IToken, TokenType } from 'chevrotain';
import * as T from './tokens.js';
import { beginsDefinition, beginsStatement, closes, openerOf, opens } from './words.js';

/** The tokens from each line that begins a definition to the next, and those before the first. */
export function splitAtDefinitions(tokens: readonly IToken[]): IToken[][] {
  const parts: IToken[][] = [[]];
  tokens.forEach((token, i) => {
    const lineBegins = i === 0 || tokens[i - 1]!.tokenType === T.LineEnd;
    if (lineBegins && beginsDefinition(token)) parts.push([]);
    parts.at(-1)!.push(token);
  });
  return parts;
}

/** Whether all brackets have their partners, and no statement begins inside round or square ones. */
export function isPaired(tokens: readonly IToken[]): boolean {
  const open: TokenType[] = [];
  const right = tokens.every((token, i) => {
    if (opens(token)) open.push(token.tokenType);
    if (closes(token)) return open.pop() === openerOf.get(token.tokenType);
    const lineBegins = tokens[i - 1]?.tokenType === T.LineEnd;
    const inside = open.length > 0 && open.at(-1) !== T.CurlyOpen;
    return !(lineBegins && inside && beginsStatement(token));
  });
  return right && open.length === 0;
}
