import { positionAt, type Span } from '../source/source.js';
import type { Fact, Facts } from './messages/entry.js';

/** Of two that belong together. */
export type Pair<T> = readonly [T, T];

/** Where something stands in a file. */
export interface Place {
  readonly file: string;
  /** From one, as editors count; the end is the place after the last character. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function placeOf({ file, start, end }: Span): Place {
  const from = positionAt(file, start);
  const to = positionAt(file, end);
  return {
    file: file.path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}

const isSpan = (value: unknown): value is Span =>
  typeof value === 'object' && value !== null && 'file' in value && 'start' in value;

/** Facts as plain JSON: a place in a text becomes its file, lines and columns. */
export type JsonFact =
  | string
  | number
  | boolean
  | null
  | Place
  | readonly JsonFact[]
  | { readonly [name: string]: JsonFact };

export const factsToJson = (facts: Facts): { readonly [name: string]: JsonFact } =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, fact]) =>
      fact === undefined ? [] : [[name, factToJson(fact)]],
    ),
  );

function factToJson(fact: Exclude<Fact, undefined>): JsonFact {
  if (typeof fact !== 'object' || fact === null) return fact;
  if (isSpan(fact)) return placeOf(fact);
  if (Array.isArray(fact)) return fact.map(factToJson);
  return factsToJson(fact as Facts);
}

/** The same text for the same facts. */
export const textOfFacts = (facts: Facts): string =>
  JSON.stringify(facts, (_, fact) =>
    isSpan(fact) ? [fact.file.path, fact.start, fact.end] : fact,
  );
