import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { diagnostic } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source/source.js';

/** Words and signs of a file: what its trees need grows with them, and this many fit into less than a gigabyte. */
const mostWords = 250_000;

/**
 * Why a text is not read (text-6): it is no text, no program, or too long. What it holds is not shown, since nobody knows whose it
 * is. Undefined for a text that is read.
 */
export function unread(source: SourceFile): Diagnostic | undefined {
  const { path, text } = source;
  const nowhere: Span = { file: { path, text: '' }, start: 0, end: 0 };
  if (text.includes('\0')) return diagnostic('NET0018', nowhere, { kind: 'bytes', path });
  const words = wordsIn(source);
  if (words > mostWords) {
    return diagnostic('NET0018', nowhere, { kind: 'long', path, limit: mostWords });
  }
  if (words === 0 || beginsSomewhere(text)) return undefined;
  return diagnostic('NET0018', nowhere, { kind: 'words', path });
}

/** Whether a line begins as a definition does, or as one of another language or with its word misspelled. */
const beginsSomewhere = (text: string): boolean =>
  /^[ \t\ufeff]*(?:[a-z]+[ \t]+[A-Z]\w*[ \t]*[({=]|(?:import|block|model|from)\b)/m.test(text);

const blank = /[\s\ufeff]*/y;
/** A comment, a text, a word or number, or a sign. */
const piece = /\/\/[^\r\n]*|"[^"\r\n]*"?|[A-Za-z0-9_]+|[^\s\ufeff]/y;

const counts = new WeakMap<SourceFile, number>();

/** How many words and signs a text has, about as the scanner divides it; counting ends above the limit. */
export function wordsIn(source: SourceFile): number {
  const known = counts.get(source) ?? counted(source.text);
  counts.set(source, known);
  return known;
}

function counted(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length && count <= mostWords; at = piece.lastIndex) {
    blank.lastIndex = at;
    blank.test(text);
    piece.lastIndex = blank.lastIndex;
    const isComment = text.startsWith('//', blank.lastIndex);
    if (!piece.test(text)) break;
    if (!isComment) count++;
  }
  return count;
}
