import type { IRecognitionException, IToken } from 'chevrotain';
import type { SourceFile, Span } from '../source/source.js';
import { tokenMatcher } from './chevrotain.js';
import { type Finding, spanAt } from './finding.js';
import * as T from './tokens.js';

type Explained = Pick<Finding, 'code' | 'parts'>;

/** The sentence for a parser's error at index `at`; what was expected is the error's message. */
export function explain(
  error: IRecognitionException,
  tokens: readonly IToken[],
  at: number,
  file: SourceFile,
): Explained {
  const token = tokens[at];
  const expected = error.message;
  const rule = error.context.ruleStack.at(-1) ?? '';
  const span = placeOf(tokens, at, file);
  if (token?.tokenType === T.Binds && rule === 'args') return namedWithEquals(span);
  if (token && expected === 'a name' && tokenMatcher(token, T.Keyword)) {
    const message = `\`${token.image}\` is a word of the language and cannot be a name`;
    return { code: 'NET0005', parts: { message, span } };
  }
  if (rule === 'choice' && expected === '`else`') {
    const message = 'an `if` always has an `else`: its value is one of two';
    return { code: 'NET0012', parts: { message, span, label: '`else` is missing here' } };
  }
  if (rule === 'start' && expected === '`with`') {
    const suggestion = { message: 'give it a start: `repeat n with state = start { ... }`' };
    const message = 'a `repeat` always has a `with`: the state that it carries';
    return { code: 'NET0014', parts: { message, span, suggestion } };
  }
  const suggestion = advice(rule, token);
  return {
    code: 'NET0002',
    parts: {
      message: `expected ${expected}, found ${describe(tokens, at, error.context.ruleStack[0] === 'expr')}`,
      span,
      ...(suggestion ? { suggestion: { message: suggestion } } : {}),
    },
  };
}

/** A token, or the gap behind the last word where a line or the text ends. */
function placeOf(tokens: readonly IToken[], at: number, file: SourceFile): Span {
  const token = tokens[at];
  if (token && token.tokenType !== T.NewLine) {
    return spanAt(file, token.startOffset, T.endOf(token));
  }
  const before = tokens[at - 1];
  const gap = before ? T.endOf(before) : 0;
  return spanAt(file, gap, gap);
}

function describe(tokens: readonly IToken[], at: number, alone: boolean): string {
  const token = tokens[at];
  if (!token) {
    if (tokens.length === 0) return 'nothing';
    return alone ? 'the end of the text' : 'the end of the line';
  }
  if (token.tokenType === T.NewLine) return 'the end of the line';
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

/** A way out for what is easily written by habit from other languages. */
function advice(rule: string, token: IToken | undefined): string | undefined {
  switch (token?.tokenType) {
    case T.Binds:
      return '`=` binds a name after `let`, `shared` or `output`; `==` compares';
    case T.Colon:
      return rule === 'params' ? 'a default is written with `=`' : undefined;
    case T.CurlyOpen:
      return rule === 'primary' ? 'several values stand in `( )`, a list in `[ ]`' : undefined;
    default:
      return rule === 'stage'
        ? 'an arrow leads to a block, an operation or an instance, by name'
        : undefined;
  }
}
