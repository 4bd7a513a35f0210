import type { Span } from '../source/source.js';
import type { Local } from './binding.js';

/**
 * The names of one pair of braces or one definition. One is found from the line that binds it on, in braces inside too;
 * the walk goes from line to line, and an editor asks by the offset.
 */
export class Scope {
  readonly start: number;
  readonly end: number;
  readonly #names: { readonly from: number; readonly local: Local }[] = [];
  readonly #locals = new Map<string, Local>();
  /** Where the lines of these braces bind names, be it above or below the line at hand. */
  readonly #lines = new Map<string, Span>();

  constructor(
    readonly parent: Scope | null,
    { start, end }: Span,
    /** How many loops of the definition are around it. */
    readonly loops: number = parent?.loops ?? 0,
  ) {
    this.start = start;
    this.end = end;
  }

  /** From which offset on each holds. */
  get names(): readonly { readonly from: number; readonly local: Local }[] {
    return this.#names;
  }

  bind(local: Local, from: number): void {
    this.#locals.set(local.name.text, local);
    this.#names.push({ from, local });
  }

  announce({ text, span }: Local['name']): void {
    if (!this.#lines.has(text)) this.#lines.set(text, span);
  }

  /** What these braces themselves bind. */
  own(text: string): Local | undefined {
    return this.#locals.get(text);
  }

  find(text: string): Local | undefined {
    return this.#locals.get(text) ?? this.parent?.find(text);
  }

  /** The line that binds a name further below. */
  below(text: string): Span | undefined {
    return this.#lines.get(text) ?? this.parent?.below(text);
  }

  /** All names that hold here, inner ones first. */
  *inSight(): Iterable<string> {
    yield* this.#locals.keys();
    if (this.parent) yield* this.parent.inSight();
  }
}
