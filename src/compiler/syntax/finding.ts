import type { Code } from '../diagnostics/codes.js';
import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source/source.js';

/** A mistake in the text, before it is certain that it is not the echo of another one. */
export interface Finding {
  readonly code: Code;
  readonly parts: DiagnosticParts;
  /** The text that cannot be trusted because of it: what is found in there is not reported. */
  readonly covers: Span;
  /** A closing bracket without its partner says less than any mistake before it in its definition. */
  readonly yields: boolean;
  /** Whether the text at its place can be parsed only by a guess, which says nothing of what it means. */
  readonly guessed?: boolean;
}

export const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

export const spanAt = (file: SourceFile, start: number, end: number): Span => ({
  file,
  start,
  end,
});
