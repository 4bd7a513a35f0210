import type { Suggestion } from '../diagnostics/diagnostic.js';
import { spanAt } from './finding.js';
import * as T from './tokens.js';
import type { Failure } from './way-out.js';

/** What stands for a construct of another language that the parser has met. */
export function habitInstead(failure: Failure): Suggestion | undefined {
  return (
    parametersOfVariant(failure) ??
    severalNames(failure) ??
    secondVariable(failure) ??
    sliceOfList(failure)
  );
}

/** `let a, b = x` and `with a, b = x`. */
function severalNames({ expected, tokens, at, file }: Failure): Suggestion | undefined {
  const [word, first, token] = tokens.slice(at - 2, at + 1);
  const binds = word?.tokenType === T.Let || word?.tokenType === T.With;
  if (!binds || !first || expected !== '`=`' || token?.tokenType !== T.Comma) return undefined;
  const found = /^([\w\s,]*\w)\s*=/.exec(file.text.slice(first.startOffset));
  const row = found?.[1] ?? 'a, b';
  const edit = { span: spanAt(file, first.startOffset, first.startOffset + row.length) };
  return {
    message: `several names stand in brackets: \`(${row}) = ...\``,
    ...(found && { edits: [{ ...edit, text: `(${row})` }] }),
  };
}

/** `model V(p = 1) = M(...)`. */
function parametersOfVariant({ expected, tokens, at, file }: Failure): Suggestion | undefined {
  const head = tokens.slice(0, at).findLastIndex(({ tokenType }) => tokenType === T.Model);
  const [name, open, before] = [tokens[head + 1], tokens[head + 2], tokens[at - 1]];
  const found = head >= 0 && tokens[at]?.tokenType === T.Binds && expected === '`{`';
  if (!found || !name || !before || open?.tokenType !== T.RoundOpen) return undefined;
  return {
    message: `a variant adds no parameters: write \`model ${name.image} = ...\` with the values in its arguments, which --set can replace`,
    edits: [{ span: spanAt(file, open.startOffset, T.endOf(before)), text: '' }],
  };
}

/** `for i, v in list` and `for (i, v) in list`. */
function secondVariable({ rule, tokens, at }: Failure): Suggestion | undefined {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  const bracketed = before?.tokenType === T.For && token?.tokenType === T.RoundOpen;
  if (rule !== 'forLoop' || !(bracketed || token?.tokenType === T.Comma)) return undefined;
  const index = (bracketed ? after : before)?.image;
  return {
    message: `a loop has one variable: \`for ${index} in range(list.length) { ... }\`, with \`list[${index}]\` in its braces`,
  };
}

/** `list[1:]`, `list[:2]`. */
function sliceOfList({ expected, tokens, at }: Failure): Suggestion | undefined {
  const wanted = expected === '`]`' || expected === 'a value';
  if (!wanted || tokens[at]?.tokenType !== T.Colon) return undefined;
  const open = tokens.slice(0, at).findLastIndex(({ tokenType }) => tokenType === T.SquareOpen);
  const list = tokens[open - 1];
  if (list?.tokenType !== T.Lower) return undefined;
  return {
    message: `there are no slices: \`${list.image}.rest\` is all but the first, and \`for i in range(1, 3) { ${list.image}[i] }\` the entries 1 and 2`,
  };
}
