import type {
  IParserErrorMessageProvider,
  IRecognitionException,
  IToken,
  TokenType,
} from 'chevrotain';
import { type Expected, isKind } from '../diagnostics/messages/expected.js';
import { tokenLabel } from './chevrotain.js';
import * as T from './tokens.js';

const closers = [T.RoundClose, T.SquareClose, T.CurlyClose];
const afterWhichMoreComes = [T.Comma, T.RoundOpen, T.SquareOpen];

/** A closing bracket alone does not say what else could have stood there. */
function expectation(expected: TokenType, previous: IToken, rule: string): Expected {
  if (expected === T.Name) return { kind: 'name' };
  if (expected === T.Text) return { kind: 'text' };
  const sign = tokenLabel(expected);
  if (!closers.includes(expected)) return { kind: 'sign', sign, orComma: false };
  if (rule === 'body') return { kind: 'lineEnd' };
  const more = afterWhichMoreComes.includes(previous.tokenType);
  if (more) return { kind: rule === 'params' || rule === 'pattern' ? 'name' : 'value' };
  return { kind: 'sign', sign, orComma: rule !== 'suffix' };
}

/** A rule of the grammar names what it wants by its `ERR_MSG`; an expression is the rest. */
const ofRule = (name = 'value'): Expected => ({ kind: isKind(name) ? name : 'value' });

/** The parser hands on no more than a text for an error: it is what was expected, as JSON. */
export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, previous, ruleName }) =>
    JSON.stringify(expectation(expected, previous, ruleName)),
  buildNotAllInputParsedMessage: ({ ruleName }) =>
    JSON.stringify(ofRule(ruleName === 'expr' ? 'textEnd' : 'lineEnd')),
  buildNoViableAltMessage: ({ customUserDescription }) =>
    JSON.stringify(ofRule(customUserDescription)),
  buildEarlyExitMessage: ({ customUserDescription }) =>
    JSON.stringify(ofRule(customUserDescription)),
};

export const expectedBy = (error: IRecognitionException): Expected => JSON.parse(error.message);
