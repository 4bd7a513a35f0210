import type { Application } from '../../expand/application.js';
import type { StateSource } from './blocks.js';
import { holes } from './code.js';

/** A module that an instance holds. */
export interface Member {
  readonly attribute: string;
  /** Where its weights are; with a count, of the first step. */
  readonly path: string;
  readonly construct: Construct;
  /** In how many equal steps of a loop there is one each; null outside of loops. */
  readonly count: number | null;
  /** The paths, one a step. */
  readonly paths: readonly string[];
}

export type Construct =
  | {
      readonly kind: 'builtin';
      readonly text: string;
      readonly state: Readonly<Record<string, StateSource>>;
    }
  | { readonly kind: 'block'; readonly unit: Unit };

/** One application of a block as a class would hold it: units that read the same share their class. */
export interface Unit {
  readonly application: Application;
  readonly inputs: readonly string[];
  readonly members: readonly Member[];
  /** Instances of an outer block that come in as arguments, after the inputs. */
  readonly foreign: readonly Foreign[];
  /** The body of `forward`. */
  readonly lines: readonly string[];
}

export interface Foreign {
  readonly name: string;
  readonly path: string;
  readonly construct: Construct;
}

/** A number of a constructor, with what it would be called as a parameter. */
export interface Literal {
  readonly hint: string;
  readonly value: number;
}

const literals = new WeakMap<Unit, readonly Literal[]>();

/** All numbers of a unit's constructors, those inside its blocks' among them. */
export function literalsOf(unit: Unit): readonly Literal[] {
  const known = literals.get(unit);
  if (known) return known;
  const found = unit.members.flatMap(({ construct }) =>
    construct.kind === 'block'
      ? literalsOf(construct.unit)
      : [...construct.text.matchAll(holes)].map(([, hint, value]) => ({
          hint,
          value: Number(value),
        })),
  );
  literals.set(unit, found);
  return found;
}

const keys = new WeakMap<Unit, string>();

/** Equal for units that differ in the numbers of constructors at most. */
export function keyOf(unit: Unit): string {
  const known = keys.get(unit);
  if (known !== undefined) return known;
  const { application, inputs, members, foreign, lines } = unit;
  const parts = members.map(({ attribute, construct, count }) => [
    attribute,
    count,
    construct.kind === 'block' ? keyOf(construct.unit) : construct.text.replace(holes, '#'),
  ]);
  const names = foreign.map(({ name }) => name);
  const key = JSON.stringify([application.block, inputs, parts, names, lines]);
  keys.set(unit, key);
  return key;
}
