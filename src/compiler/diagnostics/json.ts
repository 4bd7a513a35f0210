import { positionAt, type Span } from '../source/source.js';
import { type Code, codes } from './codes.js';
import type { Diagnostic, Severity, Suggestion } from './diagnostic.js';
import { originChain } from './render.js';

interface Place {
  readonly file: string;
  /** From one, as editors count; the end is the place after the last character. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface JsonEdit extends Place {
  readonly text: string;
}

/** What `--json` prints of a diagnostic. */
export interface JsonDiagnostic extends Place {
  readonly code: Code;
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  /** The way out in words, and as texts in place of others where a program could take it. */
  readonly suggestion?: string;
  readonly edits?: readonly JsonEdit[];
  /** The way out of the other reading, where a text can be read in two ways. */
  readonly otherReading?: { readonly message: string; readonly edits?: readonly JsonEdit[] };
  /** How the instance came about in which it happened. */
  readonly origin?: string;
  readonly related?: readonly (Place & { readonly message: string })[];
}

export function diagnosticToJson(item: Diagnostic): JsonDiagnostic {
  const related = item.related.map(({ span, message }) => ({ ...placeOf(span), message }));
  return {
    code: item.code,
    severity: item.severity,
    title: codes[item.code].title,
    message: item.message,
    ...placeOf(item.span),
    ...(item.suggestion
      ? { suggestion: item.suggestion.message, ...editsOf(item.suggestion) }
      : {}),
    ...(item.otherReading
      ? { otherReading: { message: item.otherReading.message, ...editsOf(item.otherReading) } }
      : {}),
    ...(item.origin ? { origin: originChain(item.origin) } : {}),
    ...(related.length > 0 ? { related } : {}),
  };
}

const editsOf = ({ edits }: Suggestion): { readonly edits?: readonly JsonEdit[] } =>
  edits ? { edits: edits.map(({ span, text }) => ({ ...placeOf(span), text })) } : {};

function placeOf({ file, start, end }: Span): Place {
  const from = positionAt(file, start);
  const to = positionAt(file, end);
  return {
    file: file.path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}
