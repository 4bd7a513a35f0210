import { type Code, codes } from './codes.js';
import type { Diagnostic, Severity, Suggestion } from './diagnostic.js';
import { factsToJson, type JsonFact, type Place, placeOf } from './facts.js';
import { originChain } from './render.js';

interface JsonEdit extends Place {
  readonly text: string;
}

/** What `--json` prints of a diagnostic. */
export interface JsonDiagnostic extends Place {
  readonly code: Code;
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  /** What the message is made of: names, numbers, texts, places. Which there are depends on the code. */
  readonly facts: { readonly [name: string]: JsonFact };
  /** The suggestion in words, and as texts in place of others where a program could take it. */
  readonly suggestion?: string;
  readonly edits?: readonly JsonEdit[];
  /** The suggestion for the other reading, where a text can be read in two ways. */
  readonly otherReading?: { readonly message: string; readonly edits?: readonly JsonEdit[] };
  /** How the instance came about in which it happened. */
  readonly origin?: string;
  readonly related?: readonly (Place & { readonly message: string })[];
}

/** A diagnostic as plain data, its places by line and column: what `--json` prints. */
export function diagnosticToJson(item: Diagnostic): JsonDiagnostic {
  const related = item.related.map(({ span, message }) => ({ ...placeOf(span), message }));
  return {
    code: item.code,
    severity: item.severity,
    title: codes[item.code].title,
    message: item.message,
    facts: factsToJson(item.facts),
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
