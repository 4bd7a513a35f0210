import { positionAt, type Span } from '../source/source.js';
import type { Code } from './codes.js';
import type { Diagnostic, Severity } from './diagnostic.js';

interface Place {
  readonly file: string;
  /** From one, as editors count; the end is the place after the last character. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What `--json` prints of a diagnostic. */
export interface JsonDiagnostic extends Place {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly suggestion?: string;
  readonly related?: readonly (Place & { readonly message: string })[];
}

export function diagnosticToJson(item: Diagnostic): JsonDiagnostic {
  const related = item.related.map(({ span, message }) => ({ ...placeOf(span), message }));
  return {
    code: item.code,
    severity: item.severity,
    message: item.message,
    ...placeOf(item.span),
    ...(item.suggestion ? { suggestion: item.suggestion.message } : {}),
    ...(related.length > 0 ? { related } : {}),
  };
}

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
