import type { SyntaxSuggestion } from '../diagnostics/messages/syntax-suggestions.js';
import { type Failure, onlySign } from './failure.js';
import { spanAt } from './parse-error.js';
import * as T from './tokens.js';

/** What stands for a construct of another language that the parser has met. */
export function foreignHabit(failure: Failure): SyntaxSuggestion | undefined {
  return (
    parametersOfVariant(failure) ??
    severalNames(failure) ??
    secondVariable(failure) ??
    sliceOfList(failure)
  );
}

/** `let a, b = x` and `with a, b = x`. */
function severalNames(failure: Failure): SyntaxSuggestion | undefined {
  const { tokens, at, file } = failure;
  const [word, first, token] = tokens.slice(at - 2, at + 1);
  const binds = word?.tokenType === T.Let || word?.tokenType === T.With;
  const isRow = onlySign(failure) === '=' && token?.tokenType === T.Comma;
  if (!binds || !first || !isRow) return undefined;
  const start = first.startOffset;
  const row = /^([\w\s,]*\w)\s*=/.exec(file.text.slice(start))?.[1];
  return row === undefined
    ? { kind: 'severalNames', at: null, text: 'a, b' }
    : { kind: 'severalNames', at: spanAt(file, start, start + row.length), text: row };
}

/** `model V(p = 1) = M(...)`. */
function parametersOfVariant(failure: Failure): SyntaxSuggestion | undefined {
  const { tokens, at, file } = failure;
  const head = tokens.slice(0, at).findLastIndex(({ tokenType }) => tokenType === T.Model);
  const [name, open, before] = [tokens[head + 1], tokens[head + 2], tokens[at - 1]];
  const found = head >= 0 && tokens[at]?.tokenType === T.Binds && onlySign(failure) === '{';
  if (!found || !name || !before || open?.tokenType !== T.RoundOpen) return undefined;
  const list = spanAt(file, open.startOffset, T.endOf(before));
  return { kind: 'variantParameters', at: list, text: name.image };
}

/** `for i, v in list` and `for (i, v) in list`. */
function secondVariable({ rule, tokens, at }: Failure): SyntaxSuggestion | undefined {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  const bracketed = before?.tokenType === T.For && token?.tokenType === T.RoundOpen;
  if (rule !== 'forLoop' || !(bracketed || token?.tokenType === T.Comma)) return undefined;
  return { kind: 'loopVariables', text: (bracketed ? after : before)?.image ?? 'i' };
}

/** `list[1:]`, `list[:2]`. */
function sliceOfList(failure: Failure): SyntaxSuggestion | undefined {
  const { expected, tokens, at } = failure;
  const wanted = onlySign(failure) === ']' || expected.kind === 'value';
  if (!wanted || tokens[at]?.tokenType !== T.Colon) return undefined;
  const open = tokens.slice(0, at).findLastIndex(({ tokenType }) => tokenType === T.SquareOpen);
  const list = tokens[open - 1];
  return list?.tokenType === T.Lower ? { kind: 'slice', text: list.image } : undefined;
}
