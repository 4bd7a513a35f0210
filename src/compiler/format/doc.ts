/**
 * What a text could look like, after Wadler, "A prettier printer" (2003): words, and places where a
 * line may end. `hard` says that some line inside must end, so that no group around it can stay on
 * one line.
 */
export type Doc =
  | { readonly kind: 'text'; readonly text: string; readonly hard: false }
  | { readonly kind: 'concat'; readonly parts: readonly Doc[]; readonly hard: boolean }
  | { readonly kind: 'indent'; readonly inner: Doc; readonly hard: boolean }
  | Group
  | { readonly kind: 'line'; readonly flat: '' | ' '; readonly hard: boolean }
  /** A blank that ends the line only behind a comment. */
  | { readonly kind: 'space'; readonly hard: false }
  | { readonly kind: 'blankLine'; readonly hard: true }
  /** A comma goes before the remark of the word it follows; `added` ones are there in broken groups only. */
  | { readonly kind: 'comma'; readonly added: boolean; readonly hard: false }
  /** A comment behind a word: the line ends with it. */
  | { readonly kind: 'remark'; readonly text: string; readonly hard: true }
  /** A comment on a line of its own. */
  | { readonly kind: 'comment'; readonly text: string; readonly hard: true };

/** Its lines end all or none. */
export interface Group {
  readonly kind: 'group';
  readonly inner: Doc;
  readonly hard: boolean;
  /** It would rather end its lines than have what stands before it end its own. */
  readonly yields: boolean;
}

export const text = (text: string): Doc => ({ kind: 'text', text, hard: false });

/** One after another, however many. */
export const row = (parts: readonly Doc[]): Doc => ({
  kind: 'concat',
  parts,
  hard: parts.some(({ hard }) => hard),
});

export const concat = (...parts: readonly Doc[]): Doc => row(parts);

export const indent = (...parts: readonly Doc[]): Doc => {
  const inner = row(parts);
  return { kind: 'indent', inner, hard: inner.hard };
};

export const group = (inner: Doc, { broken = false, yields = false } = {}): Doc => ({
  kind: 'group',
  inner,
  hard: broken || inner.hard,
  yields,
});

export const line: Doc = { kind: 'line', flat: ' ', hard: false };
export const softLine: Doc = { kind: 'line', flat: '', hard: false };
export const hardLine: Doc = { kind: 'line', flat: '', hard: true };
export const space: Doc = { kind: 'space', hard: false };
export const blankLine: Doc = { kind: 'blankLine', hard: true };
export const comma: Doc = { kind: 'comma', added: false, hard: false };
export const addedComma: Doc = { kind: 'comma', added: true, hard: false };
export const remark = (text: string): Doc => ({ kind: 'remark', text, hard: true });
export const comment = (text: string): Doc => ({ kind: 'comment', text, hard: true });
export const nothing: Doc = concat();
