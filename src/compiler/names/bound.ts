import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Module } from '../load/modules.js';
import type { Argument, Definition, Name, Stage } from '../syntax/ast.js';
import type { Local, Region, Target, Use } from './binding.js';
import type { Match } from './match-arguments.js';
import type { Loop } from './segments.js';

/** What stands for a name in the tree, or for an import's path. */
export type Named = Pick<Name, 'span'>;

/** A file with all that its text alone decides: what the checks say, the expansion follows and the editor looks up. */
export interface Bound {
  readonly module: Module;
  /** By the node of the name. Names that mean nothing are left out. */
  readonly uses: ReadonlyMap<Named, Use>;
  /** The names of each definition, in the order of the text. */
  readonly definitions: ReadonlyMap<Definition, readonly Use[]>;
  /** The parameter of each argument, where the text says what is called and all of them fit. */
  readonly matches: ReadonlyMap<readonly Argument[], readonly Match[]>;
  /** The path segments of applications and loops. */
  readonly segments: ReadonlyMap<Stage | Loop, string>;
  /** Expressions and names of which an error was reported: they have no value. */
  readonly wrong: ReadonlySet<Named>;
  /** The parameters that arguments name, of whatever block. */
  readonly named: ReadonlySet<string>;
  /** Outer ones before those inside them. */
  readonly regions: readonly Region[];
  readonly diagnostics: readonly Diagnostic[];
}

/** All uses in the order of the text. */
export const usesOf = ({ uses }: Bound): readonly Use[] =>
  [...uses.values()].sort((a, b) => a.span.start - b.span.start);

/** The use that the offset touches. */
export const useAt = (bound: Bound, offset: number): Use | undefined =>
  usesOf(bound).find(({ span }) => span.start <= offset && offset <= span.end);

/** What a name means, where that is without error. */
export const targetOf = ({ uses, wrong }: Bound, name: Named): Target | undefined =>
  wrong.has(name) ? undefined : uses.get(name)?.target;

/** The local names that hold at an offset, the innermost of each. */
export function localsAt({ regions }: Bound, offset: number): ReadonlyMap<string, Local> {
  const locals = new Map<string, Local>();
  for (const { start, end, names } of regions) {
    if (offset < start || offset > end) continue;
    for (const { from, local } of names) {
      if (from <= offset) locals.set(local.name.text, local);
    }
  }
  return locals;
}
