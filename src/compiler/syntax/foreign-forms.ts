import type { IToken } from 'chevrotain';
import type { Suggestion } from '../diagnostics/diagnostic.js';
import { insteadOfName } from '../diagnostics/foreign.js';
import type { SourceFile } from '../source/source.js';
import { tokenMatcher } from './chevrotain.js';
import { spanAt } from './finding.js';
import * as T from './tokens.js';
import type { Failure } from './way-out.js';

const replaced = (
  file: SourceFile,
  [from, to]: readonly [IToken, IToken],
  text: string,
  message: string,
): Suggestion => ({
  message,
  edits: [{ span: spanAt(file, from.startOffset, T.endOf(to)), text }],
});

/** The way out of a form that other languages have, told by the word its statement begins with or by what stops the parser. */
export function foreignForm(failure: Failure, head: IToken | undefined): Suggestion | undefined {
  return byHead(failure, head) ?? byMark(failure) ?? dotted(failure);
}

const importForm =
  'an import is `import { A, B } from "lib/units.net"`; what is built in needs none';

/** What a definition of another language is, in the name it has. */
function definitionForm(word: string, name: string): string | undefined {
  if (word === 'from') return importForm;
  if (word === 'def' || word === 'function' || word === 'func')
    return `a layer of your own is \`block ${name}(channels) (x) { ... }\``;
  if (word === 'class')
    return `a layer is \`block ${name}(channels) (x) { ... }\`, a network \`model ${name} { ... }\``;
  return undefined;
}

function byHead(
  { expected, rule, tokens, at, file }: Failure,
  head: IToken | undefined,
): Suggestion | undefined {
  const token = tokens[at];
  if (rule === 'top' && token) {
    const next = tokens[at + 1];
    const named = next?.tokenType === T.Upper ? next.image : 'Unit';
    const message = definitionForm(token.image, named);
    if (message) return { message };
  }
  if (rule === 'imports' && expected === '`{`') return { message: importForm };
  if (head?.image === 'return') {
    const next = tokens[tokens.indexOf(head) + 1] ?? head;
    const span = spanAt(file, head.startOffset, next.startOffset);
    const message = 'the last line of a body is its result: leave `return` out';
    return { message, edits: [{ span, text: '' }] };
  }
  const isBinding = head?.image === 'const' || head?.image === 'var' || head?.image === 'val';
  if (head && isBinding && head === tokens[at - 1])
    return replaced(file, [head, head], 'let', 'a name is bound by `let`');
  if (head?.image === 'self') {
    const message = 'a layer is written where it is applied; `shared conv = Conv(64)` keeps one';
    return { message };
  }
  return undefined;
}

/** What stands at the place itself. */
function byMark({ expected, rule, tokens, at, file }: Failure): Suggestion | undefined {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (!before || !token) return undefined;
  const touches = token.startOffset === T.endOf(before);
  if (token.tokenType === T.Times && before.tokenType === T.Times && touches)
    return { message: 'a power is written `pow(x, n)`' };
  if (token.tokenType === T.Binds && tokenMatcher(before, T.Operator) && touches) {
    const name = tokens[at - 2]?.image ?? 'x';
    const message = `a name keeps its value: bind another, \`let ${name}2 = ${name} ${before.image} ...\``;
    return { message };
  }
  if (token.tokenType === T.For && (expected.includes('`]`') || expected.includes('`)`')))
    return { message: 'a loop that makes a list is `for x in list { ... }`, without brackets' };
  if (token.tokenType === T.Colon && expected === '`{`')
    return { message: 'what follows stands in braces, not behind `:`: `{ ... }`' };
  if (token.image === 'elif' && rule === 'choice')
    return replaced(file, [token, token], 'else if', 'write `else if`');
  if (token.tokenType === T.RoundOpen && before.tokenType === T.RoundClose)
    return { message: 'put all arguments into one pair of brackets; tensors come along an arrow' };
  return undefined;
}

/** `-> nn.ReLU()` and `-> self.conv`: an arrow leads to one name. */
function dotted({ tokens, at, file }: Failure): Suggestion | undefined {
  const [arrow, before, token, last] = tokens.slice(at - 2, at + 2);
  if (arrow?.tokenType !== T.Arrow || token?.tokenType !== T.Dot || !before || !last)
    return undefined;
  const foreign = insteadOfName(last.image);
  if (foreign && 'advice' in foreign) return { message: foreign.advice };
  const name = foreign?.name ?? last.image;
  const message = `an arrow leads to one name, without \`${before.image}.\` before it: write \`-> ${name}\``;
  return replaced(file, [before, last], name, message);
}
