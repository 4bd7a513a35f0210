import * as T from '../syntax/tokens.js';
import { blankLine, concat, type Doc, hardLine, line, nothing, row, space } from './doc.js';
import { bound } from './expressions.js';
import { bracketed, ownLines, type Printing, part, word } from './parts.js';
import type { Tree } from './tree.js';

/** `import { A, B as C } from "file"`. */
export function imports(p: Printing, { parts: [sign, ...rest] }: Tree): Doc {
  const names = bracketed(p, rest.slice(0, -2), { endComma: false, edge: line, yields: false });
  const [from, file] = rest.slice(-2);
  return concat(word(p, sign!), space, names, space, word(p, from!), space, word(p, file!));
}

export const imported = (p: Printing, { parts: [name, as, other] }: Tree): Doc =>
  concat(word(p, name!), space, word(p, as!), space, word(p, other!));

/** `name = default`. */
export const parameter = (p: Printing, { parts: [name, binds, value] }: Tree): Doc =>
  concat(word(p, name!), bound(p, binds!, value!));

/** A block or a model: its first list stands right behind its name. */
export function definition(p: Printing, { parts: [sign, name, ...rest] }: Tree): Doc {
  const [next, value] = rest;
  const head = concat(word(p, sign!), space, word(p, name!));
  if (next!.rule === T.Binds.name) return concat(head, bound(p, next!, value!));
  const behind = rest.map((tree, i) =>
    concat(i === 0 && tree.rule === 'params' ? nothing : space, part(p, tree)),
  );
  return concat(head, ...behind);
}

/** Those that may stand line under line: imports, and variants of models. */
function columnOf({ rule, parts }: Tree): 'imports' | 'variants' | null {
  if (rule === 'imports') return rule;
  return rule === 'model' && parts[2]!.rule === T.Binds.name ? 'variants' : null;
}

/** All definitions, a blank line between two; in a column of imports or variants where there is one. */
export function file(p: Printing, definitions: readonly Tree[]): Doc {
  const docs = definitions.map((tree, i) => {
    const column = columnOf(tree);
    const together = i > 0 && column !== null && column === columnOf(definitions[i - 1]!);
    const comments = p.notes.takeComments(tree.first);
    const blankFirst = comments[0]?.blankAbove ?? p.notes.blankAbove(tree.first);
    const blankBelow = comments.length > 0 && p.notes.blankAbove(tree.first);
    return concat(
      i > 0 ? hardLine : nothing,
      i > 0 && (blankFirst || !together) ? blankLine : nothing,
      ownLines(comments, true),
      blankBelow ? blankLine : nothing,
      part(p, tree),
    );
  });
  const last = p.notes.takeComments(undefined);
  return concat(row(docs), last[0]?.blankAbove ? blankLine : nothing, ownLines(last, true));
}
