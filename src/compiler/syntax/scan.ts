import type { IToken, Lexer } from 'chevrotain';
import type { SourceFile } from '../source/source.js';
import { type ParseError, parseError, spanAt } from './parse-error.js';
import { createLexer, endOf, OpenText, Quoted } from './tokens.js';

let lexer: Lexer | undefined;

/** The tokens of a text, line ends among them. */
export function scan(source: SourceFile): { tokens: IToken[]; found: ParseError[] } {
  lexer ??= createLexer({ validate: false });
  const { tokens, errors, groups } = lexer.tokenize(source.text);
  for (const token of tokens) token.endOffset = token.startOffset + token.image.length - 1;
  const found = [
    ...errors.map((error) => unknownCharacters(source, error.offset, error.length)),
    ...(groups.hash ?? []).map(({ startOffset }) => unknownCharacters(source, startOffset, 1)),
    ...tokens.filter((token) => token.tokenType === OpenText).map((t) => openText(source, t)),
    ...tokens.filter((token) => token.tokenType === Quoted).map((t) => quoted(source, t)),
  ];
  return { tokens, found };
}

function unknownCharacters(file: SourceFile, start: number, length: number): ParseError {
  const span = spanAt(file, start, start + length);
  return parseError('NET0001', span, {
    kind: 'sign',
    text: file.text.slice(start, start + length),
  });
}

/** A text in single quotes; in three of them, a description. */
function quoted(file: SourceFile, token: IToken): ParseError {
  const span = spanAt(file, token.startOffset, endOf(token));
  return token.image.startsWith("'''")
    ? parseError('NET0001', span, { kind: 'description' })
    : parseError('NET0001', span, { kind: 'quoted', text: token.image.slice(1, -1) });
}

function openText(file: SourceFile, token: IToken): ParseError {
  const span = spanAt(file, token.startOffset, endOf(token));
  const [words] = /^"[\w./-]*/.exec(token.image)!;
  return parseError('NET0003', span, { words: { ...span, end: span.start + words.length } });
}
