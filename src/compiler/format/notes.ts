import type { IToken } from 'chevrotain';
import { endOf } from '../syntax/tokens.js';

/** A comment on a line of its own. */
export interface OwnLine {
  readonly text: string;
  /** Whether a blank line stands above it. */
  readonly blankAbove: boolean;
}

/** What stands between a token and the one before it. */
interface Gap {
  /** The comment that ends the line of the token before. */
  readonly remark: string | null;
  readonly comments: readonly OwnLine[];
  /** Whether a line ends anywhere in it. */
  readonly broken: boolean;
  /** Whether a blank line stands right above the token. */
  readonly blankAbove: boolean;
}

const nothing: Gap = { remark: null, comments: [], broken: false, blankAbove: false };

/**
 * The comments of a text by the tokens they stand beside. Each is taken once, by the outermost part
 * of the text that begins or ends with its token.
 */
export class Notes {
  /** By the offset of the token behind the gap. */
  readonly #gaps = new Map<number, Gap>();
  /** By the offset of a token, that of the next. */
  readonly #next = new Map<number, number>();
  readonly #taken = new Set<string>();
  readonly #end: number;

  constructor(source: string, tokens: readonly IToken[]) {
    this.#end = source.length;
    let from = 0;
    let before: IToken | undefined;
    for (const token of [...tokens, undefined]) {
      const to = token?.startOffset ?? this.#end;
      this.#gaps.set(to, readGap(source.slice(from, to), before !== undefined));
      if (before) this.#next.set(before.startOffset, to);
      before = token;
      from = token ? endOf(token) : to;
    }
  }

  /** The comments above a token, or above the end of the text. */
  takeComments(token: IToken | undefined): readonly OwnLine[] {
    const at = token?.startOffset ?? this.#end;
    return this.#take(`above ${at}`) ? this.#gap(at).comments : [];
  }

  /** The comment behind a token. */
  takeRemark(token: IToken): string | null {
    const { startOffset } = token;
    return this.#take(`behind ${startOffset}`) ? this.#behind(startOffset).remark : null;
  }

  /** Whether a blank line stands right above a token, below all comments. */
  blankAbove(token: IToken): boolean {
    return this.#gap(token.startOffset).blankAbove;
  }

  /** Whether a blank line stands anywhere between a token and the one before it. */
  apart(token: IToken): boolean {
    const { blankAbove, comments } = this.#gap(token.startOffset);
    return blankAbove || comments.some((comment) => comment.blankAbove);
  }

  /** Whether the line ends behind a token. */
  endsLine(token: IToken): boolean {
    return this.#behind(token.startOffset).broken;
  }

  /** Whether a comment stands between a token and the next. */
  commentBehind(token: IToken): boolean {
    const { remark, comments } = this.#behind(token.startOffset);
    return remark !== null || comments.length > 0;
  }

  #gap(at: number): Gap {
    return this.#gaps.get(at) ?? nothing;
  }

  #behind(at: number): Gap {
    return this.#gap(this.#next.get(at) ?? this.#end);
  }

  #take(key: string): boolean {
    const free = !this.#taken.has(key);
    this.#taken.add(key);
    return free;
  }
}

const pieces = /\/\/[^\r\n]*|\r\n|\r|\n/g;

function readGap(gap: string, afterToken: boolean): Gap {
  let remark: string | null = null;
  const comments: OwnLine[] = [];
  let lineEnds = 0;
  let broken = false;
  for (const [piece] of gap.matchAll(pieces)) {
    if (!piece.startsWith('//')) {
      lineEnds++;
      broken = true;
    } else {
      const text = piece.trimEnd();
      if (afterToken && !broken) remark = text;
      else comments.push({ text, blankAbove: lineEnds > 1 });
      lineEnds = 0;
    }
  }
  return { remark, comments, broken, blankAbove: lineEnds > 1 };
}
