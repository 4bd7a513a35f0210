import type { Code, FactsOf } from '../diagnostics/codes.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source/source.js';

/** A diagnostic of the text, before it is certain that it is not the echo of another one. */
export interface ParseError {
  readonly diagnostic: Diagnostic;
  /** The text that cannot be trusted because of it: what is found in there is not reported. */
  readonly covers: Span;
  /** A closing bracket without its partner says less than any one before it in its definition. */
  readonly yields: boolean;
  /** Whether the text at its place can be parsed only by a guess, which says nothing of what it means. */
  readonly guessed: boolean;
}

export const parseError = <C extends Code>(
  code: C,
  span: Span,
  facts: FactsOf<C>,
  { covers = span, yields = false, guessed = false }: Partial<ParseError> = {},
): ParseError => ({ diagnostic: diagnostic(code, span, facts), covers, yields, guessed });

export const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

export const spanAt = (file: SourceFile, start: number, end: number): Span => ({
  file,
  start,
  end,
});
