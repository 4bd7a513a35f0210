import { type Reads, readsOf, readsOfLoose } from '../../check/reads.js';
import type { InForce } from '../../expand/in-force.js';
import type { ChosenModel } from '../../expand/variants.js';
import type { Module } from '../../load/modules.js';
import type { Span } from '../../source/source.js';
import type { BlockDefinition } from '../../syntax/ast.js';
import { isPascal } from '../../syntax/build/names.js';

/** A block under one of the names by which files know it; two names are two blocks of the one text. */
export interface Copy {
  readonly definition: BlockDefinition;
  readonly module: Module;
  readonly written: string;
  readonly reads: Reads;
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
  const open: { readonly reads: Reads; readonly module: Module }[] = [];
  const visit = (reads: Reads, module: Module): void => {
    for (const { name } of reads.bindings) if (isPascal(name.text)) bound.add(name.text);
    open.push({ reads, module });
  };
  const copyOf = (definition: BlockDefinition, module: Module, written: string): Copy => {
    const names = known.get(definition) ?? new Map<string, Copy>();
    known.set(definition, names);
    const there = names.get(written);
    if (there) return there;
    const copy = { definition, module, written, reads: readsOf(definition) };
    names.set(written, copy);
    visit(copy.reads, module);
    return copy;
  };
  // A default that an argument stands in place of is not read.
  const inPlace = parameters.map(({ parameter, layer }) =>
    layer ? { ...parameter, fallback: null } : parameter,
  );
  visit(readsOf({ ...chosen.definition, parameters: inPlace }), chosen.module);
  for (const { value, layer } of parameters) {
    if (value && layer) visit(readsOfLoose(value), layer.module);
  }
  for (const { reads, module } of open) {
    for (const [written, places] of reads.outside) {
      const found = module.names.get(written);
      if (found?.definition.kind !== 'block') continue;
      const copy = copyOf(found.definition, found.module, written);
      for (const place of places) meant.set(place, copy);
    }
  }
  const copies = [...known.values()].flatMap((names) => [...names.values()]);
  return { copies: inOrder(copies, filesOf(chosen.main)), bound, meant };
}

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
