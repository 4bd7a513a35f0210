import type { Origin } from '../../source/origin.js';
import type { Span } from '../../source/source.js';

/** Whether a diagnostic stands in the way of a network. */
export type Severity = 'error' | 'warning';

/** One thing that is known of a diagnostic: plain data, and places in texts. */
export type Fact =
  | string
  | number
  | boolean
  | null
  | undefined
  | Span
  | readonly Fact[]
  | { readonly [name: string]: Fact };

export type Facts = Readonly<Record<string, Fact>>;

/** Of a diagnostic that its code and its place say all of. */
export type NoFacts = Readonly<Record<never, never>>;

/** Another place that belongs to a diagnostic, with the words that stand beside it. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** One concrete way to go on; with `edits`, an editor can take it by itself. */
export interface Suggestion {
  readonly message: string;
  readonly edits?: readonly Edit[] | undefined;
}

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** What a reader is told. */
export interface Words {
  /** One sentence in the reader's own names and values. */
  readonly message: string;
  /** Words beside the underlined excerpt, where they add to the message. */
  readonly label?: string;
  readonly related?: readonly Related[];
  readonly suggestion?: Advice;
  /** Where a text can be read in two ways, the suggestion for the other one. */
  readonly otherReading?: Advice;
}

/** A suggestion, or its words where no editor can take it. */
export type Advice = string | Suggestion;

export const suggestionOf = (advice: Advice): Suggestion =>
  typeof advice === 'string' ? { message: advice } : advice;

export const adviceWords = (advice: Advice): string => suggestionOf(advice).message;

export interface At {
  readonly span: Span;
  readonly origin: Origin | null;
}

/** All of a code: its title, and the words that its facts are told in. */
export interface Entry<F> {
  readonly title: string;
  readonly severity: Severity;
  readonly write: (facts: F, at: At) => Words;
}

export const error = <F extends Facts>(title: string, write: Entry<F>['write']): Entry<F> => ({
  title,
  severity: 'error',
  write,
});

export const warning = <F extends Facts>(title: string, write: Entry<F>['write']): Entry<F> => ({
  title,
  severity: 'warning',
  write,
});

/** Functions by what they are told of; each takes its own facts. */
type Table<R> = Readonly<Record<string, (facts: never, at: At) => R>>;

/** What a function wants to know; one that wants nothing has no facts. */
export type FirstOf<F extends (...args: never) => unknown> =
  Parameters<F> extends [infer A, ...unknown[]] ? A : NoFacts;

/** The facts of a table: of each kind those that its function takes. */
export type KindOf<T extends Table<unknown>> = {
  [K in keyof T]: { readonly kind: K } & FirstOf<T[K]>;
}[keyof T];

/** What the function of these facts' kind says. */
export const wordsByKind = <T extends Table<R>, R = Words>(
  table: T,
  facts: KindOf<T>,
  at?: At,
): R => (table[facts.kind] as unknown as (facts: KindOf<T>, at?: At) => R)(facts, at);

/** The words of a table of them, which has some for each kind of facts. */
export const byKind =
  <T extends Table<Words>>(table: T) =>
  (facts: KindOf<T>, at: At): Words =>
    wordsByKind(table, facts, at);

/** As `byKind`, of suggestions alone. */
export const adviceByKind =
  <T extends Table<Advice>>(table: T) =>
  (facts: KindOf<T>, at: At): Advice =>
    wordsByKind<T, Advice>(table, facts, at);

/** An error whose facts are of several kinds, with words for each. */
export const errorByKind = <T extends Table<Words>>(title: string, table: T): Entry<KindOf<T>> => ({
  title,
  severity: 'error',
  write: byKind(table),
});

export const warningByKind = <T extends Table<Words>>(
  title: string,
  table: T,
): Entry<KindOf<T>> => ({ title, severity: 'warning', write: byKind(table) });
