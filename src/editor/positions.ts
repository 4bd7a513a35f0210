import type { Location, Position, Range } from 'vscode-languageserver';
import { positionAt, type SourceFile, type Span } from '../compiler/source/source.js';

/** Lines and columns from zero, in UTF-16 units, as the protocol counts them. */
export function positionOf(file: SourceFile, offset: number): Position {
  const { line, column } = positionAt(file, offset);
  return { line: line - 1, character: column - 1 };
}

export const rangeOf = ({ file, start, end }: Span): Range => ({
  start: positionOf(file, start),
  end: positionOf(file, end),
});

/** The offset of a position; one behind a line's end is that end. */
export function offsetOf({ text }: SourceFile, { line, character }: Position): number {
  let start = 0;
  for (let i = 0; i < line; i++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return Math.min(start + character, end < 0 ? text.length : end);
}

/** A span as the protocol locates it; `uriOf` gives the address of a path. */
export const locationOf = (span: Span, uriOf: (path: string) => string): Location => ({
  uri: uriOf(span.file.path),
  range: rangeOf(span),
});
