import type { IRecognitionException, IToken } from 'chevrotain';
import type { Found } from '../diagnostics/messages/syntax.js';
import type { SourceFile, Span } from '../source/source.js';
import { tokenMatcher } from './chevrotain.js';
import { expectedBy } from './expectations.js';
import { type Failure, onlySign } from './failure.js';
import { foreignForm } from './foreign-forms.js';
import { type ParseError, parseError, spanAt } from './parse-error.js';
import { misspelledWord, suggestionFor } from './suggestion.js';
import * as T from './tokens.js';

/** What a parser's error at index `at` is, in a statement that is lost with it. */
export function explain(
  error: IRecognitionException,
  tokens: readonly IToken[],
  at: number,
  file: SourceFile,
  covers: Span,
): ParseError {
  const { ruleStack } = error.context;
  const rule = ruleStack.at(-1) ?? '';
  const failure: Failure = { expected: expectedBy(error), rule, tokens, at, file };
  const span = placeOf(failure);
  const token = tokens[at];
  const lost = { covers };
  if (token?.tokenType === T.Binds && rule === 'args') return parseError('NET0015', span, {}, lost);
  if (token && failure.expected.kind === 'name' && tokenMatcher(token, T.Keyword))
    return parseError('NET0005', span, { word: token.image }, lost);
  if (rule === 'choice' && onlySign(failure) === 'else') {
    const suggestion = misspelledWord(failure) ?? foreignForm(failure, undefined);
    return parseError('NET0012', span, { suggestion }, lost);
  }
  if (rule === 'start' && onlySign(failure) === 'with')
    return parseError('NET0014', span, { suggestion: misspelledWord(failure) }, lost);
  const found = foundIn(failure, ruleStack[0] === 'expr');
  const { expected } = failure;
  const suggestion = suggestionFor(failure);
  return parseError('NET0002', span, { expected, found, suggestion }, lost);
}

/** Whether a word is missed at the end of a line, wherever the text goes on. */
function atLineEnd({ expected, tokens, at, file }: Failure): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (!token || token.tokenType === T.NewLine) return true;
  // Behind a whole statement, and in empty braces, it is the next word that is wrong.
  const whole = expected.kind === 'lineEnd' || expected.kind === 'textEnd';
  if (before === undefined || before.tokenType === T.CurlyOpen || whole) return false;
  return file.text.slice(T.endOf(before), token.startOffset).includes('\n');
}

/** A token, or the gap behind the last word where a line or the text ends. */
function placeOf(failure: Failure): Span {
  const { tokens, at, file } = failure;
  const token = tokens[at];
  if (token && !atLineEnd(failure)) return spanAt(file, token.startOffset, T.endOf(token));
  const before = tokens[at - 1];
  const gap = before ? T.endOf(before) : 0;
  return spanAt(file, gap, gap);
}

function foundIn(failure: Failure, alone: boolean): Found {
  const { tokens, at } = failure;
  const token = tokens[at];
  if (!token && tokens.length === 0) return { kind: 'nothing' };
  if (!token && alone) return { kind: 'textEnd' };
  if (!token || atLineEnd(failure)) return { kind: 'lineEnd' };
  const kind = tokenMatcher(token, T.Keyword)
    ? 'keyword'
    : tokenMatcher(token, T.Text)
      ? 'text'
      : 'word';
  return { kind, text: token.image };
}
