import { type Span, textOf } from '../../source/source.js';
import { type Advice, byKind, type Edit, type NoFacts } from './entry.js';
import { remove, replace } from './words.js';

const partners: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  ')': '(',
  ']': '[',
  '}': '{',
};

/** A bracket whose partner is missing, and where that is to be put in. */
export type MissingPartner = {
  readonly opened: Span;
  /** What is written there: the partner, with the line and the blanks that it wants before it. */
  readonly text: string;
  readonly at: Span;
  readonly where: Where;
};

type Where =
  | { readonly kind: 'before'; readonly word: string }
  | { readonly kind: 'endOf' | 'on' | 'below'; readonly line: number };

type Unclosed = {
  /** The brackets that are open, the outer ones first. */
  readonly open: readonly MissingPartner[];
  /** The word before which they are; null at the end of the text. */
  readonly before: string | null;
  /** Whether the partner is missed at its place, where lines end, and not at its bracket. */
  readonly atPartner: boolean;
  /** A comment that has swallowed the partner, with what it divides by where it reads as a division. */
  readonly comment?: { readonly line: number; readonly divisor: string | null } | undefined;
};

/** The words of NET0004. */
export const brackets = byKind({
  unclosed: ({ open, before, atPartner, comment }: Unclosed) => {
    const inner = open[open.length - 1]!;
    const bracket = textOf(inner.opened);
    return {
      message: `\`${bracket}\` is still open ${before === null ? 'at the end of the text' : `before \`${before}\``}`,
      label: atPartner ? '`}` is missing here' : 'opened here',
      related: (atPartner ? open : open.slice(0, -1)).map(({ opened }) => ({
        span: opened,
        message: `\`${textOf(opened)}\` opened here`,
      })),
      suggestion: comment ? outOfComment(partners[bracket]!, comment) : closeThem(open),
    };
  },
  unopened: (_: NoFacts, { span }) => {
    const opener = partners[textOf(span)]!;
    return {
      message: `\`${textOf(span)}\` closes nothing: no \`${opener}\` is open here`,
      suggestion: remove(span, `remove it, or write the \`${opener}\` that it closes`),
    };
  },
  /** A `{` where no block, choice or loop has its braces. */
  unasked: (_: NoFacts, { span }) => ({
    message: 'this `{` is never closed, and nothing before it has a body',
    suggestion: remove(
      span,
      'remove it: braces hold the body of a block, a model, an `if` or a loop',
    ),
  }),
  mismatched: ({ opened }: { opened: Span }, { span }) => ({
    message: `\`${textOf(opened)}\` is closed by \`${textOf(span)}\``,
    related: [{ span: opened, message: `\`${textOf(opened)}\` opened here` }],
    suggestion: replace(span, partners[textOf(opened)]!),
  }),
});

function outOfComment(
  partner: string,
  { line, divisor }: NonNullable<Unclosed['comment']>,
): Advice {
  const advice =
    divisor === null
      ? `write the \`${partner}\` before it`
      : `for the whole part of a quotient write \`floor(a / ${divisor})\``;
  return `the \`${partner}\` of line ${line} stands in a comment: ${advice}`;
}

/** The partners, the inner ones first; an outer one is never put before an inner one. */
function closeThem(open: readonly MissingPartner[]): Advice {
  const inward = [...open].reverse();
  const edits: Edit[] = [];
  for (const { at, text } of inward) {
    const last = edits.at(-1);
    if (!last || at.start > last.span.start) edits.push({ span: at, text });
    else edits[edits.length - 1] = { ...last, text: last.text + text };
  }
  const places = inward.map(({ where }) => whereWords(where));
  const words = inward
    .map(({ opened }, i) => {
      const partner = `\`${partners[textOf(opened)]}\``;
      return places[i] === places[i + 1] ? partner : `${partner} ${places[i]}`;
    })
    .join(', then ');
  return { message: `close ${open.length === 1 ? 'it' : 'them'}: write ${words}`, edits };
}

function whereWords(where: Where): string {
  if (where.kind === 'before') return `before \`${where.word}\``;
  const place = { endOf: 'at the end of', on: 'on', below: 'below' }[where.kind];
  return `${place} line ${where.line}`;
}
