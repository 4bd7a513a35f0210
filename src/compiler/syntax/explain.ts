import type { IRecognitionException, IToken } from 'chevrotain';
import type { SourceFile, Span } from '../source/source.js';
import { tokenMatcher } from './chevrotain.js';
import { type Finding, spanAt } from './finding.js';
import { foreignForm } from './foreign-forms.js';
import * as T from './tokens.js';
import { type Failure, misspelledWord, wayOut } from './way-out.js';

type Explained = Pick<Finding, 'code' | 'parts'>;

/** The sentence for a parser's error at index `at`; what was expected is the error's message. */
export function explain(
  error: IRecognitionException,
  tokens: readonly IToken[],
  at: number,
  file: SourceFile,
): Explained {
  const expected = error.message;
  const { ruleStack } = error.context;
  const rule = ruleStack.at(-1) ?? '';
  const failure: Failure = { expected, rule, tokens, at, file };
  const span = placeOf(failure);
  const token = tokens[at];
  if (token?.tokenType === T.Binds && rule === 'args') return namedWithEquals(span);
  if (token && expected === 'a name' && tokenMatcher(token, T.Keyword)) {
    const message = `\`${token.image}\` is a word of the language and cannot be a name`;
    const other = `${token.image}2`;
    const advice = `write another name, such as \`${other}\``;
    const suggestion = { message: advice, edits: [{ span, text: other }] };
    return { code: 'NET0005', parts: { message, span, suggestion } };
  }
  if (rule === 'choice' && expected === '`else`') return withoutElse(failure, span);
  if (rule === 'start' && expected === '`with`') {
    const start = { message: 'give it a start: `repeat n with state = start { ... }`' };
    const message = 'a `repeat` always has a `with`: the state that it carries';
    const suggestion = misspelledWord(failure) ?? start;
    return { code: 'NET0014', parts: { message, span, suggestion } };
  }
  const found = describe(failure, ruleStack[0] === 'expr');
  const message = `expected ${expected}, found ${found}`;
  return { code: 'NET0002', parts: { message, span, suggestion: wayOut(failure) } };
}

/** Whether a word is missed at the end of a line, wherever the text goes on. */
function atLineEnd({ expected, tokens, at, file }: Failure): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (!token || token.tokenType === T.NewLine) return true;
  // Behind a whole statement, and in empty braces, it is the next word that is wrong.
  const whole = expected === 'the end of the line' || expected === 'the end of the text';
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

function describe(failure: Failure, alone: boolean): string {
  const { tokens, at } = failure;
  const token = tokens[at];
  if (!token && tokens.length === 0) return 'nothing';
  if (!token && alone) return 'the end of the text';
  if (!token || atLineEnd(failure)) return 'the end of the line';
  if (tokenMatcher(token, T.Keyword)) return `the keyword \`${token.image}\``;
  return tokenMatcher(token, T.Text) ? `the text ${token.image}` : `\`${token.image}\``;
}

function namedWithEquals(span: Span): Explained {
  return {
    code: 'NET0015',
    parts: {
      message: 'an argument is named with `:`; `=` is for defaults and bindings',
      span,
      suggestion: { message: 'write `:`', edits: [{ span, text: ':' }] },
    },
  };
}

function withoutElse(failure: Failure, span: Span): Explained {
  const message = 'an `if` always has an `else`: its value is one of two';
  const other = { message: 'say what it is otherwise: `if condition { ... } else { ... }`' };
  const suggestion = misspelledWord(failure) ?? foreignForm(failure, undefined) ?? other;
  const label = '`else` is missing here';
  return { code: 'NET0012', parts: { message, span, label, suggestion } };
}
