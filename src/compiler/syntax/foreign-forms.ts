import type { IToken } from 'chevrotain';
import type { SyntaxSuggestion } from '../diagnostics/messages/syntax-suggestions.js';
import { tokenMatcher } from './chevrotain.js';
import { type Failure, onlySign } from './failure.js';
import { spanAt } from './parse-error.js';
import * as T from './tokens.js';

/** A form that other languages have, told by the word its statement begins with or by what stops the parser. */
export function foreignForm(
  failure: Failure,
  head: IToken | undefined,
): SyntaxSuggestion | undefined {
  return byDefinition(failure) ?? byHead(failure, head) ?? byMark(failure) ?? dotted(failure);
}

const definitionWords = new Map([
  ['def', 'function'],
  ['function', 'function'],
  ['func', 'function'],
  ['class', 'class'],
] as const);

/** What a definition of another language is, in the name it has. */
function byDefinition(failure: Failure): SyntaxSuggestion | undefined {
  const { rule, tokens, at } = failure;
  if (rule === 'imports' && onlySign(failure) === '{') return { kind: 'import' };
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (rule !== 'top' || !token) return undefined;
  if (token.tokenType === T.From) return { kind: 'import' };
  const kind = definitionWords.get(token.image as 'def');
  return kind && { kind, text: next?.tokenType === T.Upper ? next.image : 'Unit' };
}

function byHead(
  { tokens, at, file }: Failure,
  head: IToken | undefined,
): SyntaxSuggestion | undefined {
  if (head?.image === 'return') {
    const next = tokens[tokens.indexOf(head) + 1] ?? head;
    return { kind: 'return', at: spanAt(file, head.startOffset, next.startOffset) };
  }
  const isBinding = head?.image === 'const' || head?.image === 'var' || head?.image === 'val';
  if (head && isBinding && head === tokens[at - 1])
    return { kind: 'const', at: spanAt(file, head.startOffset, T.endOf(head)) };
  return head?.image === 'self' ? { kind: 'self' } : undefined;
}

/** What stands at the place itself. */
function byMark(failure: Failure): SyntaxSuggestion | undefined {
  const { expected, rule, tokens, at, file } = failure;
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (!before || !token) return undefined;
  const touches = token.startOffset === T.endOf(before);
  if (token.tokenType === T.Times && before.tokenType === T.Times && touches)
    return { kind: 'power' };
  if (token.tokenType === T.Binds && tokenMatcher(before, T.Operator) && touches)
    return { kind: 'assignment', name: tokens[at - 2]?.image ?? 'x', sign: before.image };
  const closes = expected.kind === 'sign' && [']', ')'].includes(expected.sign);
  if (token.tokenType === T.For && closes) return { kind: 'comprehension' };
  if (token.tokenType === T.Colon && onlySign(failure) === '{') return { kind: 'colonBody' };
  if (token.image === 'elif' && rule === 'choice')
    return { kind: 'elif', at: spanAt(file, token.startOffset, T.endOf(token)) };
  if (token.tokenType === T.RoundOpen && before.tokenType === T.RoundClose)
    return { kind: 'secondCall' };
  return undefined;
}

/** `-> nn.ReLU()` and `-> self.conv`: an arrow leads to one name. */
function dotted({ tokens, at, file }: Failure): SyntaxSuggestion | undefined {
  const [arrow, before, token, last] = tokens.slice(at - 2, at + 2);
  if (arrow?.tokenType !== T.Arrow || token?.tokenType !== T.Dot || !before || !last)
    return undefined;
  const place = spanAt(file, before.startOffset, T.endOf(last));
  return { kind: 'dotted', at: place, library: before.image, name: last.image };
}
