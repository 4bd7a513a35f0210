import type { IToken, Lexer } from 'chevrotain';
import type { SourceFile } from '../source/source.js';
import { type Finding, spanAt } from './finding.js';
import { createLexer, endOf, OpenText } from './tokens.js';

let lexer: Lexer | undefined;

/** The tokens of a text, line ends among them. */
export function scan(source: SourceFile): { tokens: IToken[]; findings: Finding[] } {
  lexer ??= createLexer({ validate: false });
  const { tokens, errors } = lexer.tokenize(source.text);
  for (const token of tokens) token.endOffset = token.startOffset + token.image.length - 1;
  const findings = [
    ...errors.map((error) => unknownCharacters(source, error.offset, error.length)),
    ...tokens.filter((token) => token.tokenType === OpenText).map((t) => openText(source, t)),
  ];
  return { tokens, findings };
}

/** What other languages write, and what this one writes instead. */
const instead = new Map([
  [';', 'a statement ends with its line'],
  ["'", 'texts stand in double quotes'],
  ['&', 'write `and`'],
  ['&&', 'write `and`'],
  ['|', 'write `or`'],
  ['||', 'write `or`'],
  ['!', 'write `not`'],
  ['→', 'write `->`'],
  ['×', 'write `*`'],
  ['^', 'write `pow(x, n)`'],
  ['#', 'a comment begins with `//`'],
]);

function unknownCharacters(file: SourceFile, start: number, length: number): Finding {
  const span = spanAt(file, start, start + length);
  const text = file.text.slice(span.start, span.end);
  const advice = instead.get(text);
  const parts = {
    message: `\`${text}\` has no meaning in the language`,
    span,
    ...(advice ? { suggestion: { message: advice } } : {}),
  };
  return { code: 'NET0001', parts, covers: span, yields: false };
}

function openText(file: SourceFile, token: IToken): Finding {
  const span = spanAt(file, token.startOffset, endOf(token));
  const parts = {
    message: 'the line ends before the closing `"`',
    span,
    label: 'the text begins here',
    suggestion: { message: 'a text stands on one line, between two `"`' },
  };
  return { code: 'NET0003', parts, covers: span, yields: false };
}
