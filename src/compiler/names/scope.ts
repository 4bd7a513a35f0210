import type { Span } from '../source/source.js';
import type { Local, Region } from './binding.js';

/** The names of one pair of braces while they are walked: a name holds from where it is bound, in braces inside too. */
export class Scope {
  readonly region: Region;
  readonly #locals = new Map<string, Local>();
  /** Where the lines of these braces bind names, be it above or below the line at hand. */
  readonly #lines = new Map<string, Span>();

  constructor(
    readonly parent: Scope | null,
    { start, end }: Pick<Span, 'start' | 'end'>,
    readonly loops: number = parent?.loops ?? 0,
  ) {
    this.region = { start, end, names: [] };
  }

  bind(local: Local, from: number): void {
    this.#locals.set(local.name.text, local);
    this.region.names.push({ from, local });
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
  *names(): Iterable<string> {
    yield* this.#locals.keys();
    if (this.parent) yield* this.parent.names();
  }
}
