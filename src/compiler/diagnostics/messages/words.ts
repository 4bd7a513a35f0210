import { positionAt, type Span, textOf } from '../../source/source.js';
import { didYouMean } from '../suggest.js';
import type { Edit, Suggestion } from './entry.js';

/** `unet.net:4`. */
export const lineOf = ({ file, start }: Span): string =>
  `${file.path}:${positionAt(file, start).line}`;

/** The place before or behind another. */
export const before = (span: Span): Span => ({ ...span, end: span.start });
export const behind = (span: Span): Span => ({ ...span, start: span.end });

/** Puts `text` in the place of what is there. */
export const replace = (span: Span, text: string, message = `write \`${text}\``): Suggestion => ({
  message,
  edits: [{ span, text }],
});

export const remove = (span: Span, message: string): Suggestion => replace(span, '', message);

export const insert = (span: Span, text: string, message: string): Suggestion =>
  replace(before(span), text, message);

export const append = (span: Span, text: string, message: string): Suggestion =>
  replace(behind(span), text, message);

/** The candidate that the word at `span` was likely meant to be; undefined where none is near. */
export function nearest(
  span: Span,
  word: string,
  candidates: readonly string[],
): Suggestion | undefined {
  const meant = didYouMean(word, candidates);
  return meant === undefined ? undefined : meantBy(span, meant);
}

export const meantBy = (span: Span, meant: string): Suggestion =>
  replace(span, meant, `did you mean ${meant}?`);

export const counted = (n: number, noun: string, nouns = `${noun}s`): string =>
  `${n} ${n === 1 ? noun : nouns}`;

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[], last = 'and'): string =>
  words.length < 2
    ? words.join()
    : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;

/** Brackets around a place. */
export const bracketsAround = (span: Span): readonly Edit[] => [
  { span: before(span), text: '(' },
  { span: behind(span), text: ')' },
];

/** How a text reads after edits, on one line. */
export function reading(whole: Span, edits: readonly Edit[]): string {
  let text = '';
  let at = whole.start;
  for (const edit of edits) {
    text += textOf({ ...whole, start: at, end: edit.span.start }) + edit.text;
    at = edit.span.end;
  }
  return (text + textOf({ ...whole, start: at })).replace(/\s+/g, ' ');
}
