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
  /** Its constructors and its body. */
  readonly tree: readonly unknown[];
  /** Equal for units whose trees differ in numbers that may be parameters at most. */
  readonly key: string;
  /** These numbers: of its constructors, those inside its blocks' among them, then of its body. */
  readonly literals: readonly Literal[];
}

export interface Foreign {
  readonly name: string;
  readonly path: string;
  readonly construct: Construct;
}

export const literalsOf = (construct: Construct): readonly Literal[] =>
  construct.kind === 'block' ? construct.unit.literals : literalsIn(inside([construct.code]));

const treeOf = (construct: Construct): unknown =>
  construct.kind === 'block' ? construct.unit.tree : construct.code;

export function unitOf(parts: Omit<Unit, 'tree' | 'key' | 'literals'>): Unit {
  const { application, inputs, members, foreign, body } = parts;
  const held = members.map(({ attribute, construct, count }) => [
    attribute,
    count,
    treeOf(construct),
  ]);
  const tree = [application.block, inputs, held, foreign.map(({ name }) => name), body];
  const own = literalsIn(expressionsIn(body));
  const literals = [...members.flatMap(({ construct }) => literalsOf(construct)), ...own];
  return { ...parts, tree, key: treeKey(tree, true), literals };
}

/** Equal for constructors that make the same module. */
export const formOf = (construct: Construct): string => treeKey(treeOf(construct));
