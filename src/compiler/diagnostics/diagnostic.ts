import type { Origin } from '../source/origin.js';
import type { Span } from '../source/source.js';
import { clippedFacts, clippedWords } from './clip.js';
import { type Code, codes, type FactsOf } from './codes.js';
import { textOfFacts } from './facts.js';
import type { Entry, Facts, Related, Severity, Suggestion, Words } from './messages/entry.js';

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
  const clipped = clippedFacts(facts as Facts);
  const words = clippedWords(write(clipped as FactsOf<C>, { span, origin }), clipped === facts);
  return { code, severity, span, origin, facts: clipped, related: [], ...words };
}

/** Whether a diagnostic has this code, and so its facts. */
export const isOf = <C extends Code>(
  item: Diagnostic,
  code: C,
): item is Diagnostic & { readonly facts: FactsOf<C> } => item.code === code;

/** How many diagnostics are shown: nobody reads more, and what follows a hundred is mostly their echo. */
export const mostShown = 100;

/**
 * Collects diagnostics over a run; what is the same at one place is kept once. The first hundred of a severity are kept, those
 * after them are counted: NET0017 and NET0911 say how many there are.
 */
export class Diagnostics {
  readonly #items = new Map<string, Diagnostic>();
  /** Where each is, be it kept or left out, so that none is counted twice. */
  readonly #places = new Set<string>();
  readonly #kept = { error: 0, warning: 0 };
  readonly #left = { error: 0, warning: 0 };
  #firstLeft: Span | undefined;

  report<C extends Code>(code: C, span: Span, facts: FactsOf<C>, origin?: Origin | null): void {
    if (this.isFull(codes[code].severity)) this.leaveOut(code, span);
    else this.add(diagnostic(code, span, facts, origin));
  }

  add(...items: readonly Diagnostic[]): void {
    for (const item of items) {
      if (isOf(item, 'NET0017') || isOf(item, 'NET0911')) this.#leaveOutMore(item);
      else if (this.isFull(item.severity)) this.leaveOut(item.code, item.span);
      else this.#keep(item);
    }
  }

  /** What two models of a file say alike of the text they share is counted once. */
  #leaveOutMore({ code, span, severity, facts }: Diagnostic & { facts: { count: number } }): void {
    const place = `${placeKey(code, span)} ${facts.count}`;
    if (this.#places.has(place)) return;
    this.#places.add(place);
    this.#leave(severity, span, facts.count);
  }

  /** Whether further ones of a severity are counted only, so that their facts need not be sought. */
  isFull(severity: Severity): boolean {
    return this.#kept[severity] >= mostShown;
  }

  /** Counts one that is not told. */
  leaveOut(code: Code, span: Span): void {
    const place = placeKey(code, span);
    if (this.#places.has(place)) return;
    this.#places.add(place);
    this.#leave(codes[code].severity, span, 1);
  }

  get hasErrors(): boolean {
    return this.#kept.error + this.#left.error > 0;
  }

  /**
   * In the order a reader meets them: by file (as first reported), then by position; a hundred at most, errors before warnings,
   * and behind them how many more there are.
   */
  all(): readonly Diagnostic[] {
    const items = [...this.#items.values()];
    const room = mostShown - this.#kept.error;
    const isOver = items.length > mostShown;
    const warnings = isOver ? items.filter(({ severity }) => severity === 'warning') : [];
    const hidden = new Set(warnings.slice(room));
    const files = new Map<string, number>();
    for (const { span } of items)
      if (!files.has(span.file.path)) files.set(span.file.path, files.size);
    const rank = (d: Diagnostic): number => files.get(d.span.file.path) ?? 0;
    const shown = items
      .filter((item) => !hidden.has(item))
      .sort((a, b) => rank(a) - rank(b) || a.span.start - b.span.start);
    return [...shown, ...this.#more(warnings[room]?.span, hidden.size)];
  }

  #more(firstHidden: Span | undefined, hidden: number): readonly Diagnostic[] {
    const { error, warning } = this.#left;
    const span = this.#firstLeft ?? firstHidden;
    if (!span) return [];
    return [
      ...(error > 0 ? [diagnostic('NET0017', span, { count: error })] : []),
      ...(warning + hidden > 0 ? [diagnostic('NET0911', span, { count: warning + hidden })] : []),
    ];
  }

  #keep(item: Diagnostic): void {
    const { code, span, severity, facts } = item;
    const place = placeKey(code, span);
    const key = `${place} ${textOfFacts(facts)}`;
    if (this.#items.has(key)) return;
    this.#items.set(key, item);
    this.#places.add(place);
    this.#kept[severity]++;
  }

  #leave(severity: Severity, span: Span, count: number): void {
    this.#left[severity] += count;
    this.#firstLeft ??= span;
  }
}

const placeKey = (code: Code, { file, start }: Span): string => `${code} ${file.path} ${start}`;

/** How many of each there are, with those that are not shown. */
export function tally(items: readonly Diagnostic[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0 };
  for (const item of items) {
    const isMore = isOf(item, 'NET0017') || isOf(item, 'NET0911');
    counts[item.severity] += isMore ? item.facts.count : 1;
  }
  return counts;
}
