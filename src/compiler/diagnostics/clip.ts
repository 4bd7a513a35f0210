import type { Span } from '../source/source.js';
import {
  type Advice,
  type Edit,
  type Fact,
  type Facts,
  type Suggestion,
  suggestionOf,
  type Words,
} from './messages/entry.js';

/** Characters of a name or a text, entries of a list, and characters of a sentence that a reader still takes in. */
const most = { text: 500, entries: 2_000, sentence: 2_000 } as const;
/** Other places that are shown beside one. */
const mostRelated = 20;
/** Characters that an editor puts in, and places where it does. */
const mostEdited = { text: 20_000, places: 2_000 } as const;

/** A text of any length as a message shows it: its beginning, and how long it is. */
export function clipped(text: string, room: number = most.text): string {
  if (text.length <= room) return text;
  return `${text.slice(0, Math.floor(room / 2))}... (${text.length} characters)`;
}

/** Facts with long texts and lists cut short; themselves where nothing is long. */
export const clippedFacts = (facts: Facts): Facts => clippedFact(facts) as Facts;

function clippedFact(fact: Fact): Fact {
  if (typeof fact === 'string') return clipped(fact);
  if (typeof fact !== 'object' || fact === null || isSpan(fact)) return fact;
  if (Array.isArray(fact)) {
    const entries = fact.length > most.entries ? fact.slice(0, most.entries) : fact;
    const cut = entries.map(clippedFact);
    return cut.length === fact.length && cut.every((each, i) => each === fact[i]) ? fact : cut;
  }
  const entries = Object.entries(fact as Facts).map(([name, each]) => [name, clippedFact(each)]);
  return entries.every(([name, each]) => (fact as Facts)[name as string] === each)
    ? fact
    : Object.fromEntries(entries);
}

const isSpan = (fact: object): fact is Span => 'file' in fact && 'start' in fact;

interface ClippedWords extends Omit<Words, 'suggestion' | 'otherReading'> {
  readonly suggestion?: Suggestion;
  readonly otherReading?: Suggestion;
}

/**
 * Sentences cut short where they quote long texts. `isWhole` says that they were written from all of the facts: an edit from a
 * part of them would be wrong, and is left out.
 */
export function clippedWords(
  { suggestion, otherReading, ...words }: Words,
  isWhole: boolean,
): ClippedWords {
  const { message, label, related } = words;
  const advice = (given: Advice): Suggestion => {
    const { message, edits } = suggestionOf(given);
    const kept = isWhole && edits && isShort(edits) ? edits : undefined;
    return { message: clipped(message, most.sentence), ...(kept && { edits: kept }) };
  };
  return {
    ...words,
    message: clipped(message, most.sentence),
    ...(label !== undefined && { label: clipped(label, most.sentence) }),
    ...(related && {
      related: related
        .slice(0, mostRelated)
        .map((each) => ({ ...each, message: clipped(each.message, most.sentence) })),
    }),
    ...(suggestion !== undefined && { suggestion: advice(suggestion) }),
    ...(otherReading !== undefined && { otherReading: advice(otherReading) }),
  };
}

const isShort = (edits: readonly Edit[]): boolean =>
  edits.length <= mostEdited.places &&
  edits.reduce((sum, { text }) => sum + text.length, 0) <= mostEdited.text;
