import type { IToken } from 'chevrotain';
import type { SyntaxSuggestion } from '../diagnostics/messages/syntax-suggestions.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { SourceFile, Span } from '../source/source.js';
import { tokenMatcher } from './chevrotain.js';
import { type Failure, onlySign } from './failure.js';
import { foreignForm } from './foreign-forms.js';
import { foreignHabit } from './habits.js';
import { spanAt } from './parse-error.js';
import * as T from './tokens.js';
import { beginsDefinition, beginsStatement } from './words.js';

const statementWords = ['input', 'output', 'let', 'shared', 'require', 'if', 'for', 'repeat'];
const definitionWords = ['import', 'block', 'model'];

const placeOf = (file: SourceFile, token: IToken): Span =>
  spanAt(file, token.startOffset, T.endOf(token));

/** What was likely meant where the parser could not go on; undefined where only what was expected can be said. */
export function suggestionFor(failure: Failure): SyntaxSuggestion | undefined {
  return (
    foreignForm(failure, headOf(failure)) ??
    misspelledWord(failure) ??
    foreignHabit(failure) ??
    otherSign(failure) ??
    joinedLines(failure) ??
    missingSign(failure) ??
    looseEnd(failure) ??
    misplaced(failure)
  );
}

/** The first word of the statement or definition that holds token `at`. */
function headOf({ tokens, at }: Failure): IToken | undefined {
  const bounds = [T.NewLine, T.CurlyOpen, T.CurlyClose];
  const before = tokens.slice(0, at);
  return tokens[before.findLastIndex(({ tokenType }) => bounds.includes(tokenType)) + 1];
}

/** A word of the language with a letter wrong: the one that stops the parser, or the one its statement begins with. */
export function misspelledWord(failure: Failure): SyntaxSuggestion | undefined {
  const { rule, tokens, at, file } = failure;
  const sign = onlySign(failure);
  const wanted = sign && T.keywords.includes(sign) ? sign : undefined;
  const words = rule === 'top' ? definitionWords : wanted ? [wanted] : statementWords;
  const token = wanted || rule === 'top' ? tokens[at] : headOf(failure);
  if (token?.tokenType !== T.Lower) return undefined;
  if (!wanted && rule !== 'top' && token === tokens[at]) return undefined;
  const meant = didYouMean(token.image, words);
  return meant ? { kind: 'misspelled', at: placeOf(file, token), text: meant } : undefined;
}

/** `=` and `:` in each other's place, and a binding without its word. */
function otherSign(failure: Failure): SyntaxSuggestion | undefined {
  const { rule, tokens, at, file } = failure;
  const token = tokens[at];
  if (!token) return undefined;
  const place = placeOf(file, token);
  const sign = onlySign(failure);
  if (token.tokenType === T.Colon && rule === 'params') return { kind: 'defaultSign', at: place };
  const signs = [T.Binds, T.Colon];
  if (signs.includes(token.tokenType) && (sign === '=' || sign === ':'))
    return { kind: 'sign', at: place, text: sign };
  if (token.tokenType !== T.Binds) return undefined;
  const head = headOf(failure);
  if (head && head === tokens[at - 1] && head.tokenType === T.Lower)
    return { kind: 'bindingWord', at: placeOf(file, head), text: head.image };
  return { kind: 'comparison', at: place };
}

/** A statement or a definition in the middle of a line. */
function joinedLines({ tokens, at, file }: Failure): SyntaxSuggestion | undefined {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (!before || !token || !(beginsStatement(token) || beginsDefinition(token))) return undefined;
  if (file.text.slice(T.endOf(before), token.startOffset).includes('\n')) return undefined;
  const begin = file.text.lastIndexOf('\n', token.startOffset - 1) + 1;
  const indent = beginsDefinition(token) ? '' : /^[ \t]*/.exec(file.text.slice(begin))![0];
  return { kind: 'newLine', at: placeOf(file, token), text: token.image, indent };
}

const beginsValue = (token: IToken): boolean =>
  [T.Name, T.NumberToken, T.Text, T.RoundOpen, T.SquareOpen, T.True, T.False].some((type) =>
    tokenMatcher(token, type),
  );

/** A comma, a sign or a word that has to be put in. */
function missingSign(failure: Failure): SyntaxSuggestion | undefined {
  const { expected, tokens, at, file } = failure;
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (!before) return undefined;
  const gap = spanAt(file, T.endOf(before), T.endOf(before));
  const value = token !== undefined && beginsValue(token);
  if (expected.kind === 'sign' && expected.orComma && value) return { kind: 'comma', at: gap };
  const text = onlySign(failure);
  if (text === undefined) return undefined;
  if (text === '{' && value && braceFollows(tokens, at)) return { kind: 'strayOperand' };
  return { kind: 'missingSign', at: gap, text };
}

function braceFollows(tokens: readonly IToken[], at: number): boolean {
  const next = tokens
    .slice(at)
    .find(({ tokenType }) => tokenType === T.CurlyOpen || tokenType === T.NewLine);
  return next?.tokenType === T.CurlyOpen;
}

/** A comma, an operator or an arrow with nothing behind it. */
function looseEnd({ expected, tokens, at, file }: Failure): SyntaxSuggestion | undefined {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (!before || (expected.kind !== 'name' && expected.kind !== 'value')) return undefined;
  if (token?.tokenType === T.Arrow && before.tokenType === T.Arrow)
    return { kind: 'arrowTwice', at: placeOf(file, token) };
  const joins = [T.Comma, T.Operator, T.Arrow].some((type) => tokenMatcher(before, type));
  if (!joins || (token && beginsValue(token))) return undefined;
  const wants = before.tokenType === T.Arrow ? 'block' : expected.kind;
  return { kind: 'looseEnd', at: placeOf(file, before), text: before.image, wants };
}

/** What stands where nothing of its kind may. */
function misplaced({ rule, tokens, at }: Failure): SyntaxSuggestion | undefined {
  if (rule === 'stage') return { kind: 'stage' };
  const isBrace = tokens[at]?.tokenType === T.CurlyOpen;
  return rule === 'primary' && isBrace ? { kind: 'valuesInBraces' } : undefined;
}
