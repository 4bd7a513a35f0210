import { isOperation } from '../builtins/index.js';
import type { Span } from '../source/source.js';
import type { ForExpression, RepeatExpression, Stage } from '../syntax/ast.js';

export type Loop = ForExpression | RepeatExpression;

/** A name that an instance has, with its place; `given` by `as` or `shared`, else an operation's own. */
interface Claim {
  readonly span: Span;
  readonly given: boolean;
}

/** Told of a name that is given to two instances: the places of the second and of the first. */
type Clash = (name: string, claim: Claim, first: Span) => void;

/** The path segments of one body, its branches included and the bodies of its loops not (paths-1 and paths-2). */
export class Segments {
  readonly #counts = new Map<string, number>();
  /** Counted apart: a loop's segments end in `[i]`. */
  readonly #loops = new Map<string, number>();
  readonly #taken = new Map<string, Claim>();
  /** The names taken since the branch at hand began. */
  #since: string[] = [];

  constructor(readonly clash: Clash) {}

  /** The variable of a `for`, else the first state of a `repeat`, names the steps. */
  loop(loop: Loop): string {
    const name = loop.kind === 'for' ? loop.variable : loop.fold.pattern.names[0];
    return numbered(name?.text ?? '_', this.#loops);
  }

  stage({ name, as }: Stage): string {
    if (!as) {
      if (isOperation(name.text)) this.claim(name.text, { span: name.span, given: false });
      return numbered(name.text, this.#counts);
    }
    const free = this.claim(as.text, { span: as.span, given: true });
    // A clash is reported; the two must not seem to share their weights as well.
    return free ? as.text : numbered(`${as.text}'`, this.#counts);
  }

  /** A given name is unique; names that operations have by themselves may recur, since they are numbered. */
  claim(name: string, claim: Claim): boolean {
    const first = this.#taken.get(name);
    if (!first) {
      this.#taken.set(name, claim);
      this.#since.push(name);
    }
    const free = !first || !(claim.given || first.given);
    if (!free) this.clash(name, claim, first.span);
    return free;
  }

  /** Two branches, of which one is taken: they may give the same names. */
  branches(one: () => void, other: () => void): void {
    const first = this.#takenBy(one).map((name) => [name, this.#taken.get(name)!] as const);
    for (const [name] of first) this.#taken.delete(name);
    const second = this.#takenBy(other);
    for (const [name, claim] of first) this.#taken.set(name, claim);
    for (const [name] of first) this.#since.push(name);
    for (const name of second) this.#since.push(name);
  }

  #takenBy(body: () => void): readonly string[] {
    const outside = this.#since;
    const inside: string[] = [];
    this.#since = inside;
    body();
    this.#since = outside;
    return inside;
  }
}

/** `name`, then `name.2`, `name.3`. */
function numbered(name: string, counts: Map<string, number>): string {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return count === 1 ? name : `${name}.${count}`;
}
