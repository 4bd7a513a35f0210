import type { IToken, Lexer } from 'chevrotain';
import type { SourceFile } from '../source/source.js';
import { type Finding, spanAt } from './finding.js';
import { createLexer, endOf, OpenText, Quoted } from './tokens.js';

let lexer: Lexer | undefined;

/** The tokens of a text, line ends among them. */
export function scan(source: SourceFile): { tokens: IToken[]; findings: Finding[] } {
  lexer ??= createLexer({ validate: false });
  const { tokens, errors, groups } = lexer.tokenize(source.text);
  for (const token of tokens) token.endOffset = token.startOffset + token.image.length - 1;
  const findings = [
    ...errors.map((error) => unknownCharacters(source, error.offset, error.length)),
    ...(groups.hash ?? []).map(({ startOffset }) => unknownCharacters(source, startOffset, 1)),
    ...tokens.filter((token) => token.tokenType === OpenText).map((t) => openText(source, t)),
    ...tokens.filter((token) => token.tokenType === Quoted).map((t) => quoted(source, t)),
  ];
  return { tokens, findings };
}

/** What other languages write: the words about it, and what this one writes instead. */
const instead = new Map([
  [';', ['a statement ends with its line: remove it', '']],
  ["'", ['a text stands in double quotes: write `"`', '"']],
  ['&', ['write `and`', 'and']],
  ['&&', ['write `and`', 'and']],
  ['|', ['write `or`', 'or']],
  ['||', ['write `or`', 'or']],
  ['!', ['write `not`', 'not ']],
  ['→', ['write `->`', '->']],
  ['×', ['write `*`', '*']],
  ['^', ['write `pow(x, n)`']],
  ['@', ['netc has no product of matrices: `a * b` multiplies entry by entry']],
  ['%', ['write `x - n * floor(x / n)`']],
  ['#', ['a comment begins with `//`', '//']],
]);

function unknownCharacters(file: SourceFile, start: number, length: number): Finding {
  const span = spanAt(file, start, start + length);
  const found = file.text.slice(span.start, span.end);
  const [message, text] = instead.get(found) ?? [
    'remove it, or write it in a comment or a text',
    '',
  ];
  const parts = {
    message: `\`${found}\` has no meaning in the language`,
    span,
    suggestion: { message: message!, ...(text !== undefined && { edits: [{ span, text }] }) },
  };
  return { code: 'NET0001', parts, covers: span, yields: false };
}

/** A text in single quotes; in three of them, a description. */
function quoted(file: SourceFile, token: IToken): Finding {
  const span = spanAt(file, token.startOffset, endOf(token));
  const inside = token.image.slice(1, -1);
  const message = "a text does not stand in '...'";
  const suggestion = token.image.startsWith("'''")
    ? { message: 'a description stands above its block, behind `///`; a remark behind `//`' }
    : { message: `write \`"${inside}"\``, edits: [{ span, text: JSON.stringify(inside) }] };
  return { code: 'NET0001', parts: { message, span, suggestion }, covers: span, yields: false };
}

function openText(file: SourceFile, token: IToken): Finding {
  const span = spanAt(file, token.startOffset, endOf(token));
  const [words] = /^"[\w./-]*/.exec(token.image)!;
  const end = span.start + words.length;
  const suggestion =
    words.length > 1
      ? {
          message: `close it: write \`${words}"\``,
          edits: [{ span: spanAt(file, end, end), text: '"' }],
        }
      : { message: 'a text stands on one line, between two `"`: close it, or remove this one' };
  const parts = {
    message: 'the line ends before the closing `"`',
    span,
    label: 'the text begins here',
    suggestion,
  };
  return { code: 'NET0003', parts, covers: span, yields: false };
}
