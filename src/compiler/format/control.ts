import { braces, isOpen } from './bodies.js';
import { concat, type Doc, group, indent, line, nothing, row, space } from './doc.js';
import { bound } from './expressions.js';
import { type Printing, part, word } from './parts.js';
import type { Tree } from './tree.js';

/** A loop's or a choice's head; the brace goes to a line of its own where the head takes several. */
const head = (...parts: readonly Doc[]): Doc => group(concat(...parts, line), { yields: true });

/** `for v in list [with s = e] { ... }` and `repeat n with s = e { ... }`. */
export function loop(p: Printing, { parts }: Tree): Doc {
  const words = parts.slice(0, -1).map((tree, i) => {
    if (tree.rule === 'start') return indent(line, part(p, tree));
    return concat(i > 0 ? space : nothing, part(p, tree));
  });
  return concat(head(...words), part(p, parts.at(-1)!));
}

export const start = (p: Printing, { parts: [sign, pattern, binds, value] }: Tree): Doc =>
  concat(word(p, sign!), space, part(p, pattern!), bound(p, binds!, value!));

interface Branch {
  /** `if`, `else` or `else if`, with its condition. */
  readonly words: readonly Tree[];
  readonly body: Tree;
}

function branchesOf(choice: Tree): Branch[] {
  const branches: Branch[] = [];
  let before: readonly Tree[] = [];
  for (let at: Tree | undefined = choice; at; ) {
    const [sign, condition, then, otherwise, rest]: readonly Tree[] = at.parts;
    branches.push({ words: [...before, sign!, condition!], body: then! });
    before = [otherwise!];
    if (rest!.rule === 'body') branches.push({ words: before, body: rest! });
    at = rest!.rule === 'choice' ? rest : undefined;
  }
  return branches;
}

/** Branches all on one line or none, unless the author broke some and not others. */
export function choice(p: Printing, tree: Tree): Doc {
  const branches = branchesOf(tree);
  const mixed = branches.some((branch) => isOpen(p, branch.body));
  const docs = branches.flatMap(({ words, body }, i) => {
    const shown = words.map((each, j) => concat(i + j > 0 ? space : nothing, part(p, each)));
    const opening = words.length > 1 ? head(...shown) : concat(...shown, space);
    if (mixed) return [opening, part(p, body)];
    return [opening, braces(p, body)];
  });
  return mixed ? row(docs) : group(row(docs));
}
