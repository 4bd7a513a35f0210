import { type Span, textOf } from '../../source/source.js';
import type { Words } from './entry.js';
import { type Seen, seenAs } from './seen.js';
import { nearest, replace } from './words.js';

/** An argument of a built-in that is not what its parameter takes. */
export type Unread = {
  readonly found: Seen;
  readonly parameter: string;
  readonly callee: string;
  /** What it takes, in words: `a number from 0 to 1`. */
  readonly wants: string;
  /** The texts that it may be, in their quotes. */
  readonly options: readonly string[];
  /** Its default as it would be written. */
  readonly fallback: string | null;
  /** What it is where it is left out, in words. */
  readonly implied: string | null;
};

export function unread(facts: Unread, span: Span): Words {
  const { parameter, callee, wants, found, options, fallback, implied } = facts;
  const what =
    found.kind === 'string' && found.text !== null ? JSON.stringify(found.text) : seenAs(found);
  const usual = implied
    ? `leave it out for what it usually is: ${implied}`
    : fallback === null
      ? `give one that fits, as in \`${parameter}: 1\``
      : replace(span, fallback, `the usual one is \`${fallback}\``);
  return {
    message: `${parameter} of ${callee} wants ${wants}, this is ${what}`,
    suggestion: nearest(span, textOf(span), options) ?? usual,
  };
}
