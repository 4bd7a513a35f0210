import type { CstElement, CstNode, IToken } from 'chevrotain';
import { NewLine } from '../syntax/tokens.js';

/** A part of the text with its parts in their order; what only wraps another is left out. */
export interface Tree {
  /** The grammar's rule, or the name of the token's type. */
  readonly rule: string;
  readonly parts: readonly Tree[];
  readonly first: IToken;
  readonly last: IToken;
}

export function treeOf(cst: CstNode): Tree {
  const parts = Object.values(cst.children).flat().map(partOf);
  const sorted = parts
    .filter((part) => part.rule !== NewLine.name)
    .sort((a, b) => a.first.startOffset - b.first.startOffset);
  if (sorted.length === 1) return sorted[0]!;
  return {
    rule: cst.name,
    parts: sorted,
    first: sorted[0]!.first,
    last: sorted.at(-1)!.last,
  };
}

const partOf = (element: CstElement): Tree =>
  'children' in element ? treeOf(element) : leaf(element);

const leaf = (token: IToken): Tree => ({
  rule: token.tokenType.name,
  parts: [],
  first: token,
  last: token,
});

export const isLeaf = (tree: Tree): boolean => tree.parts.length === 0;
