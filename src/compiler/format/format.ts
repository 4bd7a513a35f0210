import { Diagnostics } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../source/source.js';
import { parseConcrete } from '../syntax/parse.js';
import { binding, body, inputLine, requirement } from './bodies.js';
import { choice, loop, start } from './control.js';
import { definition, file, imported, imports, parameter } from './definitions.js';
import type { Doc } from './doc.js';
import { expressions } from './expressions.js';
import { layOut } from './lay-out.js';
import { Notes } from './notes.js';
import type { Printing } from './parts.js';
import { type Tree, treeOf } from './tree.js';

/** Columns that a line may take; a word or a comment that is longer goes over. */
export const width = 100;

const rules: Readonly<Record<string, (p: Printing, tree: Tree, flush: boolean) => Doc>> = {
  ...expressions,
  imports,
  imported,
  block: definition,
  model: definition,
  param: parameter,
  body,
  inputLine: (p, tree) => inputLine(p, tree),
  outputLine: binding,
  letLine: binding,
  sharedLine: binding,
  requireLine: requirement,
  choice,
  forLoop: loop,
  repeatLoop: loop,
  start,
};

/**
 * The text in its canonical form (docs/formatter.md), which means the same and holds the same
 * comments. Undefined where it has errors of syntax; `parseFile` says which.
 */
export function formatFile(source: SourceFile): string | undefined {
  const diagnostics = new Diagnostics();
  const { tokens, trees } = parseConcrete(source, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const printing: Printing = {
    notes: new Notes(
      source.text,
      tokens.filter(({ image }) => image !== ''),
    ),
    print: (tree, flush) => rules[tree.rule]!(printing, tree, flush),
  };
  return layOut(file(printing, trees.map(treeOf)), width);
}
