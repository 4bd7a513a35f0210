import type { InForce } from '../../expand/in-force.js';
import { boundOf } from '../../names/bind.js';
import type { Use } from '../../names/binding.js';
import type { ChosenModel } from '../../names/variants.js';
import { type Span, textOf } from '../../source/source.js';
import type { BlockDefinition, Definition } from '../../syntax/ast.js';
import { isPascal } from '../../syntax/build/names.js';
import type { Module } from '../../syntax/module.js';

/** A block under one of the names by which files know it; two names are two blocks of the one text. */
export interface Copy {
  readonly definition: BlockDefinition;
  readonly module: Module;
  readonly written: string;
  readonly uses: readonly Use[];
}

/** All that a model is made of, and what each place that names a block means. */
export interface Closure {
  /** Blocks before those that need them, as far as their files go. */
  readonly copies: readonly Copy[];
  /** Names that the texts bind themselves: no block may have one of them. */
  readonly bound: ReadonlySet<string>;
  readonly meant: ReadonlyMap<Span, Copy>;
}

/** Every block that the model's text or an argument in force reaches by name, be it ever applied or not. */
export function closureOf(chosen: ChosenModel, parameters: readonly InForce[]): Closure {
  const bound = new Set<string>();
  const meant = new Map<Span, Copy>();
  const known = new Map<BlockDefinition, Map<string, Copy>>();
  const open: (readonly Use[])[] = [];
  const usesOfDefinition = (definition: Definition, module: Module): readonly Use[] =>
    boundOf(module).definitions.get(definition) ?? [];
  const copyOf = (definition: BlockDefinition, module: Module, written: string): Copy => {
    const names = known.get(definition) ?? new Map<string, Copy>();
    known.set(definition, names);
    const there = names.get(written);
    if (there) return there;
    const uses = usesOfDefinition(definition, module);
    const copy = { definition, module, written, uses };
    names.set(written, copy);
    open.push(uses);
    return copy;
  };
  // A default that an argument stands in place of is not read.
  const replaced = parameters.flatMap(({ parameter: { fallback }, layer }) =>
    layer && fallback ? [fallback.span] : [],
  );
  open.push(
    usesOfDefinition(chosen.definition, chosen.module).filter(
      (use) => !replaced.some((span) => isInside(use, span)),
    ),
  );
  for (const { value, layer } of parameters) {
    if (!value || !layer) continue;
    open.push(
      boundOf(layer.module)
        .inOrder()
        .filter((use) => isInside(use, value.span)),
    );
  }
  for (const uses of open) {
    for (const { target, binds, span } of uses) {
      if (target.kind === 'local' && binds && isPascal(target.name.text)) {
        bound.add(target.name.text);
      } else if (target.kind === 'definition' && target.definition.kind === 'block') {
        const { definition, module } = target;
        meant.set(span, copyOf(definition, module, textOf(span)));
      }
    }
  }
  const copies = [...known.values()].flatMap((names) => [...names.values()]);
  return { copies: inOrder(copies, filesOf(chosen.main)), bound, meant };
}

const isInside = ({ span }: Use, outer: Span): boolean =>
  span.file === outer.file && outer.start <= span.start && span.end <= outer.end;

/** By file, by place, by name. */
function inOrder(copies: readonly Copy[], files: readonly Module[]): readonly Copy[] {
  const rank = ({ module }: Copy): number => files.indexOf(module);
  return copies.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      a.definition.span.start - b.definition.span.start ||
      (a.written < b.written ? -1 : 1),
  );
}

/** A file behind all that it imports. */
function filesOf(main: Module): readonly Module[] {
  const files = new Set<Module>();
  const visit = (module: Module): void => {
    if (files.has(module)) return;
    module.imports.forEach(visit);
    files.add(module);
  };
  visit(main);
  return [...files];
}
