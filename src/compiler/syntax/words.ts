import type { IToken } from 'chevrotain';
import * as T from './tokens.js';

/** The bracket that each closing one closes. */
export const openerOf = new Map([...T.closerOf].map(([open, close]) => [close, open]));

const statementWords = new Set([T.Input, T.Output, T.Let, T.Shared, T.Require]);
export const definitionWords = new Set([T.Import, T.Block, T.Model]);

export const opens = (token: IToken): boolean => T.closerOf.has(token.tokenType);
export const closes = (token: IToken): boolean => openerOf.has(token.tokenType);
export const beginsStatement = (token: IToken): boolean => statementWords.has(token.tokenType);
export const beginsDefinition = (token: IToken): boolean => definitionWords.has(token.tokenType);
