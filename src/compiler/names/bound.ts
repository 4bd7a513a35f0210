import { Diagnostics } from '../diagnostics/diagnostic.js';
import type { Argument, ArrowExpression, Definition, Name, Stage } from '../syntax/ast.js';
import type { Module } from '../syntax/module.js';
import type { Local, Target, Use } from './binding.js';
import type { Match } from './match-arguments.js';
import type { Scope } from './scope.js';
import type { Loop } from './segments.js';

/** What stands for a name in the tree, or for an import's path. */
export type Named = Pick<Name, 'span'>;

/**
 * A file with all that its text alone decides: what the checks say, the expansion follows and the editor looks up. The
 * walk of `bind.ts` fills it, once.
 */
export class Bound {
  /** By the node of the name. Names that mean nothing are left out. */
  readonly uses = new Map<Named, Use>();
  /** The names in each definition, in the order of the walk. */
  readonly definitions = new Map<Definition, readonly Use[]>();
  /** The parameter of each argument, where the text says what is called and all of them fit. */
  readonly matches = new Map<readonly Argument[], readonly Match[]>();
  /** The parameters that arguments name, of whatever block. */
  readonly named = new Set<string>();
  /** The path segments of applications and loops. */
  readonly segments = new Map<Stage | Loop, string>();
  /** Expressions and names of which an error was reported: they have no value. */
  readonly wrong = new Set<Named>();
  /** Outer ones before those inside them. */
  readonly scopes: Scope[] = [];
  readonly diagnostics = new Diagnostics();

  constructor(readonly module: Module) {}

  note(name: Named, target: Target, binds = false, arrow: ArrowExpression | null = null): Use {
    const use = { span: name.span, target, binds, arrow };
    this.uses.set(name, use);
    return use;
  }

  /** What a name means, where that is without error. */
  targetOf(name: Named): Target | undefined {
    return this.wrong.has(name) ? undefined : this.uses.get(name)?.target;
  }

  /** The uses in the order of the text. */
  inOrder(): readonly Use[] {
    return [...this.uses.values()].sort((a, b) => a.span.start - b.span.start);
  }

  /** The use that the offset touches. */
  useAt(offset: number): Use | undefined {
    return this.inOrder().find(({ span }) => span.start <= offset && offset <= span.end);
  }

  /** The local names that hold at an offset, the innermost of each. */
  localsAt(offset: number): ReadonlyMap<string, Local> {
    const around = this.scopes.filter(({ start, end }) => start <= offset && offset <= end);
    const names = around.flatMap((scope) => scope.names).filter(({ from }) => from <= offset);
    return new Map(names.map(({ local }) => [local.name.text, local]));
  }
}
