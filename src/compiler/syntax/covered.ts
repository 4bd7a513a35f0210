import type { Span } from '../source/source.js';

interface Part {
  readonly start: number;
  readonly end: number;
}

/** The parts of a text that spans cover, to be asked at every error: in order, none overlapping another. */
export class Covered {
  readonly #parts: Part[] = [];

  constructor(spans: Iterable<Span> = []) {
    for (const span of spans) this.add(span);
  }

  add({ start, end }: Span): void {
    const from = this.#firstBehind(start);
    let to = from;
    let whole: Part = { start, end };
    for (let part = this.#parts[to]; part && part.start < end; part = this.#parts[++to]) {
      whole = { start: Math.min(whole.start, part.start), end: Math.max(whole.end, part.end) };
    }
    this.#parts.splice(from, to - from, whole);
  }

  /** Whether `overlap` holds between a span and one of those added. */
  overlaps({ start, end }: Span): boolean {
    const part = this.#parts[this.#firstBehind(start)];
    return part !== undefined && part.start < end;
  }

  /** The first part that ends behind an offset. */
  #firstBehind(offset: number): number {
    let [low, high] = [0, this.#parts.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#parts[middle]!.end > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
