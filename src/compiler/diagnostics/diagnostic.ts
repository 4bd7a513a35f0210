import type { Origin } from '../source/origin.js';
import type { Span } from '../source/source.js';
import { type Code, codes } from './codes.js';

export type Severity = 'error' | 'warning';

/** Another place that belongs to the mistake, with the words that stand beside it. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** One concrete way out; with `edits`, an editor can take it by itself. */
export interface Suggestion {
  readonly message: string;
  readonly edits?: readonly { readonly span: Span; readonly text: string }[];
}

/** A mistake as a value: everything a renderer, an editor or a test wants to know of it. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  /** One sentence in the reader's own names and values. */
  readonly message: string;
  readonly span: Span;
  /** Words beside the underlined excerpt, where they add to the message. */
  readonly label?: string;
  readonly related: readonly Related[];
  readonly origin: Origin | null;
  readonly suggestion?: Suggestion;
  /** Where a text can be read in two ways, the way out of the other one. */
  readonly otherReading?: Suggestion;
}

/** What a mistake's site has to say; the rest follows from its code. */
export interface DiagnosticParts {
  readonly message: string;
  readonly span: Span;
  readonly label?: string;
  readonly related?: readonly Related[];
  readonly origin?: Origin | null;
  readonly suggestion?: Suggestion;
  readonly otherReading?: Suggestion;
}

export function diagnostic(code: Code, parts: DiagnosticParts): Diagnostic {
  return { related: [], origin: null, ...parts, code, severity: codes[code].severity };
}

/** Collects diagnostics over a run; one mistake at one place is kept once. */
export class Diagnostics {
  readonly #items = new Map<string, Diagnostic>();

  report(code: Code, parts: DiagnosticParts): void {
    const key = `${code} ${parts.span.file.path} ${parts.span.start} ${parts.message}`;
    if (!this.#items.has(key)) this.#items.set(key, diagnostic(code, parts));
  }

  get hasErrors(): boolean {
    return this.all().some((item) => item.severity === 'error');
  }

  /** In the order a reader meets them: by file (as first reported), then by position. */
  all(): readonly Diagnostic[] {
    const items = [...this.#items.values()];
    const files = new Map<string, number>();
    for (const { span } of items)
      if (!files.has(span.file.path)) files.set(span.file.path, files.size);
    const rank = (d: Diagnostic): number => files.get(d.span.file.path) ?? 0;
    return items.sort((a, b) => rank(a) - rank(b) || a.span.start - b.span.start);
  }
}
