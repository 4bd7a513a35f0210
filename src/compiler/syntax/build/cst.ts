import type { CstElement, CstNode, IToken } from 'chevrotain';
import type { Report } from '../../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../../source/source.js';
import type { Body, Expression, Name } from '../ast.js';
import { firstAbove } from '../found-errors.js';
import { spanAt } from '../parse-error.js';

/** What every builder needs: the text that spans point into, and where errors go. */
export interface Build {
  readonly source: SourceFile;
  readonly report: Report;
  /** Places that parse only by a guess; the innermost statement around each takes it and has no value. */
  readonly guesses: Guesses;
  /** What the parts of an expression are made of again, so that their builders need not know each other. */
  readonly expression: (build: Build, cst: CstNode) => Expression;
  /** The body of an `if` or a loop. */
  readonly body: (build: Build, cst: CstNode) => Body;
}

/** Places that are taken from the inside out. */
export class Guesses {
  /** Where they begin, in order. */
  readonly #starts: number[];

  constructor(
    readonly source: SourceFile,
    spans: readonly Span[],
  ) {
    this.#starts = spans.map(({ start }) => start).sort((a, b) => a - b);
  }

  /** Takes those in `span`, or right behind it; whether there are any. */
  take(span: Span): boolean {
    const from = firstAbove(this.#starts, span.start - 1);
    let to = from;
    while (to < this.#starts.length && this.#isNear(this.#starts[to]!, span)) to++;
    this.#starts.splice(from, to - from);
    return to > from;
  }

  #isNear(start: number, { end }: Span): boolean {
    return start < end || /^[ \t]*$/.test(this.source.text.slice(end, start));
  }
}

/** Whether there is a guess in `span`, or right behind it, that nothing inside it has taken. */
export const takeGuesses = ({ guesses }: Build, span: Span): boolean => guesses.take(span);

const isNode = (element: CstElement): element is CstNode => 'children' in element;

export const nodes = (cst: CstNode, rule: string): CstNode[] =>
  (cst.children[rule] ?? []).filter(isNode);

export const tokens = (cst: CstNode, type: string): IToken[] =>
  (cst.children[type] ?? []).filter((element): element is IToken => !isNode(element));

export const maybeNode = (cst: CstNode, rule: string): CstNode | undefined => nodes(cst, rule)[0];
export const maybeToken = (cst: CstNode, type: string): IToken | undefined => tokens(cst, type)[0];

/** A part that the grammar always gives. */
export function node(cst: CstNode, rule: string): CstNode {
  const found = maybeNode(cst, rule);
  if (!found) throw new Error(`${cst.name} without ${rule}`);
  return found;
}

export function token(cst: CstNode, type: string): IToken {
  const found = maybeToken(cst, type);
  if (!found) throw new Error(`${cst.name} without ${type}`);
  return found;
}

export function spanOf(build: Build, element: CstNode | IToken): Span {
  const at = isNode(element) ? element.location! : element;
  return spanAt(build.source, at.startOffset, at.endOffset! + 1);
}

export const nameOf = (build: Build, found: IToken): Name => ({
  text: found.image,
  span: spanOf(build, found),
});

/** The text of a string token without its quotes (text-3): `\n` and `\t`, else a backslash gives the character after it. */
export function textOf(found: IToken): string {
  const inside = found.image.replace(/^["']|["']$/g, '');
  return inside.replace(/\\(.)/g, (_, escaped: string) => {
    if (escaped === 'n') return '\n';
    return escaped === 't' ? '\t' : escaped;
  });
}
