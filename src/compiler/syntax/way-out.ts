import type { IToken } from 'chevrotain';
import type { Suggestion } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { SourceFile } from '../source/source.js';
import { beginsDefinition, beginsStatement } from './brackets.js';
import { tokenMatcher } from './chevrotain.js';
import { spanAt } from './finding.js';
import { foreignForm } from './foreign-forms.js';
import { habitInstead } from './habits.js';
import * as T from './tokens.js';

/** Where the parser could not go on: at token `at`, in a rule of the grammar. */
export interface Failure {
  readonly expected: string;
  readonly rule: string;
  readonly tokens: readonly IToken[];
  readonly at: number;
  readonly file: SourceFile;
}

const statementWords = ['input', 'output', 'let', 'shared', 'require', 'if', 'for', 'repeat'];
const definitionWords = ['import', 'block', 'model'];

const instead = (file: SourceFile, token: IToken, text: string, message: string): Suggestion => ({
  message,
  edits: [{ span: spanAt(file, token.startOffset, T.endOf(token)), text }],
});

const insertion = (
  file: SourceFile,
  offset: number,
  text: string,
  message: string,
): Suggestion => ({
  message,
  edits: [{ span: spanAt(file, offset, offset), text }],
});

/** One way out of what the parser refused. */
export function wayOut(failure: Failure): Suggestion {
  return (
    foreignForm(failure, headOf(failure)) ??
    misspelledWord(failure) ??
    habitInstead(failure) ??
    signInstead(failure) ??
    lineInstead(failure) ??
    signMissing(failure) ??
    looseEnd(failure) ?? { message: byExpectation(failure) }
  );
}

/** The first word of the statement or definition that holds token `at`. */
function headOf({ tokens, at }: Failure): IToken | undefined {
  const bounds = [T.NewLine, T.CurlyOpen, T.CurlyClose];
  const before = tokens.slice(0, at);
  return tokens[before.findLastIndex(({ tokenType }) => bounds.includes(tokenType)) + 1];
}

/** A word of the language with a letter wrong: the one that stops the parser, or the one its statement begins with. */
export function misspelledWord(failure: Failure): Suggestion | undefined {
  const { expected, rule, tokens, at, file } = failure;
  const wanted = /^`([a-z]+)`$/.exec(expected)?.[1];
  const words = rule === 'top' ? definitionWords : wanted ? [wanted] : statementWords;
  const token = wanted || rule === 'top' ? tokens[at] : headOf(failure);
  if (token?.tokenType !== T.Lower) return undefined;
  if (!wanted && rule !== 'top' && token === tokens[at]) return undefined;
  const meant = didYouMean(token.image, words);
  return meant ? instead(file, token, meant, `did you mean \`${meant}\`?`) : undefined;
}

/** `=` and `:` in each other's place, and a binding without its word. */
function signInstead(failure: Failure): Suggestion | undefined {
  const { expected, rule, tokens, at, file } = failure;
  const token = tokens[at];
  if (!token) return undefined;
  if (token.tokenType === T.Colon && rule === 'params')
    return instead(file, token, ' =', 'a default is written with `=`');
  const signs = [T.Binds, T.Colon];
  if (signs.includes(token.tokenType) && (expected === '`=`' || expected === '`:`'))
    return instead(file, token, expected.slice(1, -1), `write ${expected}`);
  if (token.tokenType !== T.Binds) return undefined;
  const head = headOf(failure);
  if (head && head === tokens[at - 1] && head.tokenType === T.Lower) {
    const message = `a name is bound by \`let\`: write \`let ${head.image} = ...\``;
    return insertion(file, head.startOffset, 'let ', message);
  }
  const message = '`=` binds a name after `let`, `shared` or `output`; `==` compares';
  return instead(file, token, '==', message);
}

/** A statement or a definition in the middle of a line. */
function lineInstead({ tokens, at, file }: Failure): Suggestion | undefined {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (!before || !token || !(beginsStatement(token) || beginsDefinition(token))) return undefined;
  if (file.text.slice(T.endOf(before), token.startOffset).includes('\n')) return undefined;
  const begin = file.text.lastIndexOf('\n', token.startOffset - 1) + 1;
  const indent = beginsDefinition(token) ? '' : /^[ \t]*/.exec(file.text.slice(begin))![0];
  const message = `\`${token.image}\` begins a line of its own`;
  return insertion(file, token.startOffset, `\n${indent}`, message);
}

const beginsValue = (token: IToken): boolean =>
  [T.Name, T.NumberToken, T.Text, T.RoundOpen, T.SquareOpen, T.True, T.False].some((type) =>
    tokenMatcher(token, type),
  );

/** A comma, a sign or a word that has to be put in. */
function signMissing({ expected, tokens, at, file }: Failure): Suggestion | undefined {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (!before) return undefined;
  const gap = T.endOf(before);
  if (expected.startsWith('`,` or') && token && beginsValue(token))
    return insertion(file, gap, ',', 'put a `,` between the two');
  const wanted = /^`([^`]+)`$/.exec(expected)?.[1];
  if (!wanted) return undefined;
  if (wanted === '{' && token && beginsValue(token) && braceFollows(tokens, at))
    return { message: `join it by an operator to what stands before it, or remove it` };
  const text = /[,:)\]]/.test(wanted) ? wanted : ` ${wanted}`;
  return insertion(file, gap, text, `write \`${wanted}\` here`);
}

function braceFollows(tokens: readonly IToken[], at: number): boolean {
  const next = tokens
    .slice(at)
    .find(({ tokenType }) => tokenType === T.CurlyOpen || tokenType === T.NewLine);
  return next?.tokenType === T.CurlyOpen;
}

/** A comma, an operator or an arrow with nothing behind it. */
function looseEnd({ expected, tokens, at, file }: Failure): Suggestion | undefined {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (!before || (expected !== 'a name' && expected !== 'a value')) return undefined;
  if (token?.tokenType === T.Arrow && before.tokenType === T.Arrow)
    return instead(file, token, '', 'remove one of the two arrows');
  const joins = [T.Comma, T.Operator, T.Arrow].some((type) => tokenMatcher(before, type));
  if (!joins || (token && beginsValue(token))) return undefined;
  const what = before.tokenType === T.Arrow ? 'the block or operation' : expected;
  return instead(file, before, '', `write ${what} behind \`${before.image}\`, or remove it`);
}

function byExpectation({ expected, rule, tokens, at }: Failure): string {
  if (rule === 'stage') return 'an arrow leads to a block, an operation or an instance, by name';
  if (rule === 'primary' && tokens[at]?.tokenType === T.CurlyOpen)
    return 'several values stand in `( )`, a list in `[ ]`';
  switch (expected) {
    case 'the end of the line':
      return 'join the two by `->` or an operator, or begin a new line between them';
    case 'the end of the text':
      return 'one expression is wanted here: leave out what follows it';
    case 'a statement':
      return 'write what the braces hold; the last line of a body is its result';
    case '`import`, `block` or `model`':
      return 'a file holds imports, blocks and models, and each begins with its word';
    case '`=`, `(` or `{`':
      return 'write `model V = M(...)` for a variant, `model M(...) { ... }` for a network';
    case '`{` or `if`':
      return 'write `else { ... }`, or `else if condition { ... } else { ... }`';
    case 'a name':
      return 'write a name: letters, digits and `_`, such as `skip`';
    case 'a text in double quotes':
      return 'say in words what is required, such as "depth counts the halvings"';
    case 'a value':
      return 'write a value here: a number, a name, or something in brackets';
    default:
      return `write ${expected} here, or remove what stands in its place`;
  }
}
