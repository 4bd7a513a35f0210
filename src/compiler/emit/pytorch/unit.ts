import type { Application } from '../../expand/application.js';
import type { Value } from '../../ir/graph.js';
import type { StateSource } from './blocks.js';
import type { Expression, Statement } from './python/tree.js';
import { expressionsIn, inside, type Literal, literalsIn, treeKey } from './python/walk.js';

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

export interface BuiltinConstruct {
  readonly kind: 'builtin';
  readonly code: Expression;
  readonly state: Readonly<Record<string, StateSource>>;
}

export type Construct = BuiltinConstruct | { readonly kind: 'block'; readonly unit: Unit };

/** One application of a block as a class would hold it: units that read the same share their class. */
export interface Unit {
  readonly application: Application;
  readonly inputs: readonly string[];
  /** Tensors of the body around this one that come in for their sizes, the last of the inputs. */
  readonly borrowed: readonly Value[];
  readonly members: readonly Member[];
  /** Instances of an outer block that come in as arguments, after the inputs. */
  readonly foreign: readonly Foreign[];
  /** The body of `forward`. */
  readonly body: readonly Statement[];
}

export interface Foreign {
  readonly name: string;
  readonly path: string;
  readonly construct: Construct;
}

const literals = new WeakMap<Unit, readonly Literal[]>();

export const literalsOf = (construct: Construct): readonly Literal[] =>
  construct.kind === 'block'
    ? literalsOfUnit(construct.unit)
    : literalsIn(inside([construct.code]));

/** The numbers that may be parameters: of a unit's constructors, those inside its blocks' among them, then of its body. */
export function literalsOfUnit(unit: Unit): readonly Literal[] {
  const known = literals.get(unit);
  if (known) return known;
  const found = [
    ...unit.members.flatMap(({ construct }) => literalsOf(construct)),
    ...literalsIn(expressionsIn(unit.body)),
  ];
  literals.set(unit, found);
  return found;
}

const keys = new WeakMap<Unit, string>();

/** Equal for units that differ in such numbers at most: the trees of their constructors and bodies are the same. */
export function keyOf(unit: Unit): string {
  const known = keys.get(unit);
  if (known !== undefined) return known;
  const { application, inputs, members, foreign, body } = unit;
  const parts = members.map(({ attribute, construct, count }) => [
    attribute,
    count,
    construct.kind === 'block' ? keyOf(construct.unit) : construct.code,
  ]);
  const names = foreign.map(({ name }) => name);
  const key = treeKey([application.block, inputs, parts, names, body], true);
  keys.set(unit, key);
  return key;
}

/** Equal for constructors that make the same module. */
export const formOf = (construct: Construct): string =>
  construct.kind === 'builtin'
    ? treeKey(construct.code)
    : treeKey([keyOf(construct.unit), literalsOfUnit(construct.unit)]);
