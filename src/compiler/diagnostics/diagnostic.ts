import type { Origin } from '../source/origin.js';
import type { Span } from '../source/source.js';
import { type Code, codes, type FactsOf } from './codes.js';
import { textOfFacts } from './facts.js';
import {
  type Entry,
  type Facts,
  type Related,
  type Severity,
  type Suggestion,
  suggestionOf,
  type Words,
} from './messages/entry.js';

export type { Related, Severity, Suggestion };

/** A diagnostic as a value: what is known, and the words that its code has for it. */
export interface Diagnostic extends Omit<Words, 'suggestion' | 'otherReading'> {
  readonly code: Code;
  readonly severity: Severity;
  readonly span: Span;
  readonly origin: Origin | null;
  readonly facts: Facts;
  readonly related: readonly Related[];
  readonly suggestion?: Suggestion;
  readonly otherReading?: Suggestion;
}

/** Takes a diagnostic: the code, its place, and what is known of it. */
export type Report = <C extends Code>(
  code: C,
  span: Span,
  facts: FactsOf<C>,
  origin?: Origin | null,
) => unknown;

/** A diagnostic from its facts; `origin` is how the instance came about in which it is one. */
export function diagnostic<C extends Code>(
  code: C,
  span: Span,
  facts: FactsOf<C>,
  origin: Origin | null = null,
): Diagnostic {
  const { severity, write } = codes[code] as unknown as Entry<FactsOf<C>>;
  const { suggestion, otherReading, ...words } = write(facts, { span, origin });
  return {
    ...{ code, severity, span, origin, facts: facts as Facts, related: [], ...words },
    ...(suggestion !== undefined && { suggestion: suggestionOf(suggestion) }),
    ...(otherReading !== undefined && { otherReading: suggestionOf(otherReading) }),
  };
}

/** Whether a diagnostic has this code, and so its facts. */
export const isOf = <C extends Code>(
  item: Diagnostic,
  code: C,
): item is Diagnostic & { readonly facts: FactsOf<C> } => item.code === code;

/** Collects diagnostics over a run; what is the same at one place is kept once. */
export class Diagnostics {
  readonly #items = new Map<string, Diagnostic>();

  report<C extends Code>(code: C, span: Span, facts: FactsOf<C>, origin?: Origin | null): void {
    this.add(diagnostic(code, span, facts, origin));
  }

  add(...items: readonly Diagnostic[]): void {
    for (const item of items) {
      const { code, span, facts } = item;
      const key = `${code} ${span.file.path} ${span.start} ${textOfFacts(facts)}`;
      if (!this.#items.has(key)) this.#items.set(key, item);
    }
  }

  get hasErrors(): boolean {
    return [...this.#items.values()].some(({ severity }) => severity === 'error');
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
