import type { CstNode, IToken } from 'chevrotain';
import type { SourceFile, Span } from '../source/source.js';
import { tokenMatcher } from './chevrotain.js';
import { tooDeep } from './depth.js';
import { explain } from './explain.js';
import type { FoundErrors } from './found-errors.js';
import { NetParser } from './grammar.js';
import { parseError, spanAt } from './parse-error.js';
import * as T from './tokens.js';
import { closes, opens } from './words.js';

let parser: NetParser | undefined;

/** What is spent on the text behind errors, which is parsed again after each: a long definition with many is given up at some point. */
export class Effort {
  #tokens = 500_000;

  allows(tokens: number): boolean {
    this.#tokens -= tokens;
    return this.#tokens >= 0;
  }
}

/** The tokens of each line outside of all braces, which in a right text is a definition. */
export function splitDefinitions(tokens: readonly IToken[]): IToken[][] {
  const definitions: IToken[][] = [];
  let begun = 0;
  let depth = 0;
  tokens.forEach((token, i) => {
    if (opens(token)) depth++;
    if (closes(token)) depth--;
    if (depth > 0 || token.tokenType !== T.NewLine) return;
    definitions.push(tokens.slice(begun, i));
    begun = i + 1;
  });
  if (begun < tokens.length) definitions.push(tokens.slice(begun));
  return definitions;
}

/**
 * Parses one definition or one expression. After an error the statement around it is replaced by
 * `Missing` and the rest is parsed anew, so that what the caller gets is always a whole tree and no
 * error is the echo of another (grammar-5). Outside a body there is no statement to give up: the answer is null.
 */
export function parseTokens(
  rule: 'top' | 'expr',
  tokens: readonly IToken[],
  source: SourceFile,
  errors: FoundErrors,
  effort: Effort,
): CstNode | null {
  const deep = tooDeep(tokens);
  if (deep) {
    const span = spanAt(source, deep.startOffset, T.endOf(deep));
    errors.push(parseError('NET0016', span, {}, { covers: spanOfTokens(source, tokens, deep) }));
    return null;
  }
  parser ??= new NetParser({ validate: false });
  let rest = tokens;
  /** Words of the language that were given to a value: each use of that value fails as well. */
  const misused = new Set<string>();
  for (;;) {
    parser.input = [...rest];
    const tree = parser[rule]();
    const error = parser.errors[0];
    if (!error) return tree;
    const index = rest.indexOf(error.token);
    const at = index < 0 ? rest.length : index;
    const statement = statementAround(rest, at);
    const covers = spanOfTokens(source, statement ? statement.tokens : rest, error.token);
    const near = rest.slice(Math.max(0, at - 1), at + 1);
    const echo = errors.coversCertainly(covers) || near.some(({ image }) => misused.has(image));
    if (!echo) {
      const found = explain(error, rest, at, source, covers);
      if (found.diagnostic.code === 'NET0005') misused.add(error.token.image);
      errors.push(found);
    }
    if (!statement || !effort.allows(rest.length)) return null;
    const left = remains(statement.tokens, at - statement.from, covers);
    rest = [...rest.slice(0, statement.from), ...left, ...rest.slice(statement.to)];
  }
}

/** The innermost statement that holds the token at index `at`, or null outside of all braces. */
function statementAround(
  tokens: readonly IToken[],
  at: number,
): { from: number; to: number; tokens: IToken[] } | null {
  // An import's braces hold no statements; all others that the parser has entered do.
  if (tokens[0]?.tokenType === T.Import) return null;
  const open = boundary(tokens, at - 1, -1, T.CurlyClose, (token) => token === T.CurlyOpen);
  if (open < 0) return null;
  const ends = (type: IToken['tokenType']): boolean =>
    type === T.NewLine || type === T.CurlyOpen || type === T.CurlyClose;
  const from = boundary(tokens, at - 1, -1, T.CurlyClose, ends) + 1;
  const to = boundary(tokens, at, 1, T.CurlyOpen, ends);
  return { from, to, tokens: tokens.slice(from, to) };
}

/** Walks in steps of `step` from `start` to the first token that `ends` takes, passing over braces. */
function boundary(
  tokens: readonly IToken[],
  start: number,
  step: 1 | -1,
  enters: IToken['tokenType'],
  ends: (type: IToken['tokenType']) => boolean,
): number {
  const leaves = enters === T.CurlyOpen ? T.CurlyClose : T.CurlyOpen;
  let depth = 0;
  let i = start;
  for (; i >= 0 && i < tokens.length; i += step) {
    const type = tokens[i]!.tokenType;
    if (type === enters) depth++;
    else if (depth === 0 && ends(type)) break;
    else if (type === leaves) depth--;
  }
  return i;
}

/**
 * What is left of a statement with an error at index `at`: the names it would have bound, so that
 * their uses are not taken for errors. Where these cannot be told, an empty name says so.
 */
function remains(statement: readonly IToken[], at: number, covers: Span): IToken[] {
  const missing = T.tokenAt(T.Missing, covers.start);
  missing.endOffset = covers.end - 1;
  const head = statement[0]?.tokenType;
  const sign = statement.findIndex((t) => t.tokenType === T.Binds || t.tokenType === T.Colon);
  const binds = head === T.Let || head === T.Shared || head === T.Output || head === T.Input;
  if (binds && sign >= 0 && at > sign && head !== T.Input)
    return [...statement.slice(0, sign + 1), missing];
  // `a = x` and `lett a = x` are bindings whose first word is lost.
  const loose = at <= sign && isLoosePattern(statement.slice(0, sign));
  if (!binds && !loose) return [missing];
  const isName = (token: IToken): boolean => tokenMatcher(token, T.Name);
  // `let a, b = x` lacks no more than its brackets.
  const row = statement
    .slice(1, Math.max(sign, 1))
    .every((token) => isName(token) || token.tokenType === T.Comma);
  const end = sign >= 0 && (loose || row || sign < at) ? sign : at;
  const names = statement.slice(0, end).filter(isName);
  const made = (type: IToken['tokenType']): IToken => T.tokenAt(type, covers.start);
  const met = new Set<string>();
  const once = names.filter(({ image }) => !met.has(image) && met.add(image));
  if (once.length === 0) once.push(made(T.Lower));
  const pattern = once.flatMap((token, i) => (i === 0 ? [token] : [made(T.Comma), token]));
  return [made(T.Let), made(T.RoundOpen), ...pattern, made(T.RoundClose), made(T.Binds), missing];
}

/** One name or several in brackets, with or without a word before it. */
function isLoosePattern(tokens: readonly IToken[]): boolean {
  const words = [T.Name, T.Let, T.Shared, T.Input, T.Output];
  const isWord = (token: IToken): boolean => words.some((type) => tokenMatcher(token, type));
  if (tokens.length === 1 || tokens.length === 2) return tokens.every(isWord);
  const open = tokens.findIndex(({ tokenType }) => tokenType === T.RoundOpen);
  return (
    (open === 0 || (open === 1 && isWord(tokens[0]!))) &&
    tokens.at(-1)!.tokenType === T.RoundClose &&
    tokens.slice(open + 1, -1).every((token) => isWord(token) || token.tokenType === T.Comma)
  );
}

/** Where a statement is empty, `instead` stands in its place. */
function spanOfTokens(file: SourceFile, tokens: readonly IToken[], instead: IToken): Span {
  const first = tokens[0] ?? instead;
  if (Number.isNaN(first.startOffset)) return spanAt(file, 0, 0);
  return spanAt(file, first.startOffset, T.endOf(tokens.at(-1) ?? instead));
}
