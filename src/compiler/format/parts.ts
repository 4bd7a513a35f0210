import type { IToken } from 'chevrotain';
import * as T from '../syntax/tokens.js';
import {
  addedComma,
  blankLine,
  comma,
  comment,
  concat,
  type Doc,
  group,
  indent,
  line,
  nothing,
  remark,
  row,
  softLine,
  text,
} from './doc.js';
import type { Notes, OwnLine } from './notes.js';
import { isLeaf, type Tree } from './tree.js';

/** What every rule's printer needs. */
export interface Printing {
  readonly notes: Notes;
  /** The document of a tree by its rule; `flush` where what stands around it is indented already. */
  readonly print: (tree: Tree, flush: boolean) => Doc;
}

/** The blank lines among comments are kept where statements or definitions stand. */
export const ownLines = (comments: readonly OwnLine[], blanks = false): Doc =>
  row(
    comments.flatMap(({ text, blankAbove }, i) =>
      blanks && blankAbove && i > 0 ? [blankLine, comment(text)] : [comment(text)],
    ),
  );

/** The comment behind a token, on its line. */
export function remarkBehind(p: Printing, token: IToken): Doc {
  const found = p.notes.takeRemark(token);
  return found === null ? nothing : remark(found);
}

export function word(p: Printing, { first }: Tree): Doc {
  const shown = first.tokenType === T.Comma ? comma : text(first.image);
  return concat(ownLines(p.notes.takeComments(first)), shown, remarkBehind(p, first));
}

/**
 * A part with the comments above and behind it. They are taken before the part is printed, so that
 * they do not break what is inside it.
 */
export function part(p: Printing, tree: Tree, { flush = false } = {}): Doc {
  if (isLeaf(tree)) return word(p, tree);
  const above = ownLines(p.notes.takeComments(tree.first));
  const behind = remarkBehind(p, tree.last);
  return concat(above, p.print(tree, flush), behind);
}

interface Between {
  /** Whether a comma ends the last of several lines. */
  readonly endComma: boolean;
  readonly edge?: Doc;
  /** Whether lines of it may end where what stands right before it still fits on one line. */
  readonly yields: boolean;
}

/** Things between brackets: on one line, or each on a line of its own. */
export function bracketed(
  p: Printing,
  trees: readonly Tree[],
  { endComma, edge = softLine, yields }: Between,
): Doc {
  const open = trees[0]!;
  const close = trees.at(-1)!;
  const inner = trees.slice(1, -1);
  const items = inner.map((tree, i): Doc => {
    if (tree.first.tokenType !== T.Comma || !isLeaf(tree)) return part(p, tree, { flush: true });
    return i === inner.length - 1 ? lastComma(p, tree) : concat(word(p, tree), line);
  });
  if (endComma && inner.length > 0 && inner.at(-1)!.rule !== T.Comma.name) items.push(addedComma);
  const opening = word(p, open);
  const last = ownLines(p.notes.takeComments(close.first));
  const edges = inner.length > 0 ? edge : softLine;
  const inside = indent(edges, row(items), last);
  return group(concat(opening, inside, edges, word(p, close)), { yields });
}

/** The comma before a closing bracket is there where the bracket is on a line of its own. */
const lastComma = (p: Printing, { first }: Tree): Doc =>
  concat(ownLines(p.notes.takeComments(first)), addedComma, remarkBehind(p, first));
