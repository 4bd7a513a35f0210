import type { Diagnostics } from '../diagnostics/diagnostic.js';
import type { Span } from '../source/source.js';
import { Covered } from './covered.js';
import type { ParseError } from './parse-error.js';

/** The errors of a text so far. What is asked of them is asked at every further one: it must not take longer the more there are. */
export class FoundErrors {
  readonly #errors: ParseError[] = [];
  readonly #covered = new Covered();
  readonly #certain = new Covered();

  constructor(errors: Iterable<ParseError> = []) {
    for (const error of errors) this.push(error);
  }

  get count(): number {
    return this.#errors.length;
  }

  push(error: ParseError): void {
    this.#errors.push(error);
    this.#covered.add(error.covers);
    if (!error.yields) this.#certain.add(error.covers);
  }

  /** Whether a place cannot be trusted. */
  covers(span: Span): boolean {
    return this.#covered.overlaps(span);
  }

  /** Whether it cannot because of an error that says more than that a bracket lacks its partner. */
  coversCertainly(span: Span): boolean {
    return this.#certain.overlaps(span);
  }

  /** The places that can be parsed only by a guess. */
  get guesses(): readonly Span[] {
    return this.#errors.filter(({ guessed }) => guessed).map(({ diagnostic }) => diagnostic.span);
  }

  /** Reports them; a bracket without its partner only where nothing before it in its definition is wrong. `heads` begin definitions. */
  report(heads: readonly number[], diagnostics: Diagnostics): void {
    const certain = this.#errors
      .filter(({ yields }) => !yields)
      .map(({ covers }) => covers.start)
      .sort((a, b) => a - b);
    for (const { diagnostic, yields } of this.#errors) {
      const at = diagnostic.span.start;
      const begin = heads[firstAbove(heads, at) - 1] ?? 0;
      const next = certain[firstAbove(certain, begin - 1)];
      const isEcho = yields && next !== undefined && next <= at;
      if (!isEcho) diagnostics.add(diagnostic);
    }
  }
}

/** The index of the first of some numbers in order that is above another; how many there are where none is. */
export function firstAbove(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (numbers[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
