import type { Dice } from './dice.js';

/** What a parameter or a name of a body holds, as far as those who use it must know. */
export type Kind =
  | 'image' // a tensor of four channels, at the size of all others
  | 'images' // a list of three such
  | 'four' // the number 4
  | 'count' // a whole number from 0 to 2
  | 'flag'
  | 'mode' // a way to pad
  | 'widths' // a list of fours
  | 'unit' // a block or operation that keeps shapes
  | 'instance'; // a shared one

export interface Parameter {
  readonly name: string;
  readonly kind: Kind;
  readonly fallback: string | null;
}

export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly inputs: number;
}

/** The names that a place of the text sees, by what they hold. */
export class Scope {
  readonly #names: { readonly name: string; readonly kind: Kind }[];

  constructor(
    readonly dice: Dice,
    readonly blocks: readonly Signature[],
    names: readonly { readonly name: string; readonly kind: Kind }[] = [],
  ) {
    this.#names = [...names];
  }

  inner(): Scope {
    return new Scope(this.dice, this.blocks, this.#names);
  }

  add(name: string, kind: Kind): void {
    this.#names.push({ name, kind });
  }

  of(kind: Kind): string[] {
    return this.#names.filter((each) => each.kind === kind).map(({ name }) => name);
  }
}

/** Names never given before: some long, so that lines must be broken. */
export class Namer {
  #count = 0;

  constructor(readonly dice: Dice) {}

  lower(): string {
    const stem = this.dice.pick([
      'a',
      'x',
      'up',
      'deep',
      '_',
      'gated_sum',
      'theMapThatComesFromBelow',
    ]);
    return `${stem}${++this.#count}`;
  }

  upper(): string {
    const stem = this.dice.pick(['B', 'Unit', 'Gate', 'R2', 'RecurrentResidualUnitWithGate']);
    return `${stem}_${++this.#count}`;
  }
}
