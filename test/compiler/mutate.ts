import type { IToken } from 'chevrotain';
import { positionAt } from '../../src/compiler/source/source.js';
import { scan } from '../../src/compiler/syntax/scan.js';
import { endOf, LineEnd } from '../../src/compiler/syntax/tokens.js';

/** A text with one token changed, as a slip of the hand would. */
export interface Mutant {
  readonly text: string;
  /** What was done to it. */
  readonly what: string;
  /** The lines it was done to, counted from one; two where words of two lines are exchanged. */
  readonly lines: readonly number[];
}

/** A place of a text and what stands there instead. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly what: string;
}

interface Words {
  readonly text: string;
  readonly tokens: readonly IToken[];
}

type Mutation = (words: Words, at: number, next: () => number) => Change | undefined;

const brackets = ['(', ')', '[', ']', '{', '}'];

const pick = <T>(items: readonly T[], next: () => number): T =>
  items[Math.floor(next() * items.length)]!;

const replaced = (token: IToken, text: string, what: string): Change => ({
  start: token.startOffset,
  end: endOf(token),
  text,
  what: `${what} \`${token.image}\``,
});

/** Apart from its neighbours, so that one word stays one word. */
const inserted = (offset: number, text: string, what: string): Change => ({
  start: offset,
  end: offset,
  text: ` ${text} `,
  what: `${what} \`${text}\``,
});

/** A letter left out, or two neighbours exchanged. */
function misspelled(name: string, next: () => number): string {
  const at = Math.floor(next() * (name.length - 1));
  const rest = name.slice(at + 2);
  return next() < 0.5
    ? name.slice(0, at) + name[at + 1]! + rest
    : name.slice(0, at) + name[at + 1]! + name[at]! + rest;
}

const mutations: readonly Mutation[] = [
  ({ tokens }, at) => replaced(tokens[at]!, ' ', 'delete'),
  ({ tokens }, at) => inserted(endOf(tokens[at]!), tokens[at]!.image, 'repeat'),
  ({ text, tokens }, at) => {
    const [one, other] = [tokens[at]!, tokens[at + 1]];
    if (!other) return undefined;
    const between = text.slice(endOf(one), other.startOffset);
    const swapped = ` ${other.image}${between || ' '}${one.image} `;
    // A comment between the two would swallow the second.
    if (between.includes('//')) return undefined;
    const what = `exchange \`${one.image}\` and \`${other.image}\``;
    return { start: one.startOffset, end: endOf(other), text: swapped, what };
  },
  ({ tokens }, at, next) => {
    const { image } = pick(tokens, next);
    return replaced(tokens[at]!, ` ${image} `, `put \`${image}\` for`);
  },
  ({ tokens }, at, next) => {
    const token = tokens[at]!;
    if (!/^\w\w+$/.test(token.image) || /^\d/.test(token.image)) return undefined;
    const word = misspelled(token.image, next);
    return replaced(token, word, `write ${word} for`);
  },
  ({ tokens }, at) =>
    brackets.includes(tokens[at]!.image) ? replaced(tokens[at]!, ' ', 'delete') : undefined,
  ({ tokens }, at, next) => inserted(tokens[at]!.startOffset, pick(brackets, next), 'insert'),
  ({ tokens }, at) =>
    tokens[at]!.image === ',' ? replaced(tokens[at]!, ' ', 'delete') : undefined,
  ({ tokens }, at, next) => {
    const token = tokens[at]!;
    if (!/^\d/.test(token.image)) return undefined;
    const number = pick(['0', '1', '2', '3', '5', '7', '100', '0.5', `${token.image}1`], next);
    return replaced(token, number, `write ${number} for`);
  },
];

/** A mutant of `text`, drawn by the numbers in [0, 1) of `next`. */
export function mutate(text: string, next: () => number): Mutant {
  const tokens = scan({ path: '', text }).tokens.filter(({ tokenType }) => tokenType !== LineEnd);
  const words = { text, tokens };
  for (;;) {
    // The kind first, so that the rare brackets, commas and numbers have their share.
    const mutation = pick(mutations, next);
    const at = Math.floor(next() * tokens.length);
    const change = mutation(words, at, next);
    if (!change) continue;
    const mutant = text.slice(0, change.start) + change.text + text.slice(change.end);
    if (imagesOf(mutant) === imagesOf(text)) continue;
    return { text: mutant, what: change.what, lines: linesOf(text, change) };
  }
}

const imagesOf = (text: string): string =>
  scan({ path: '', text })
    .tokens.map(({ image }) => image)
    .join(' ');

/** A change keeps the line ends: its lines are the same before and after. */
function linesOf(text: string, { start, end }: Change): number[] {
  const file = { path: '', text };
  const [first, last] = [positionAt(file, start).line, positionAt(file, end).line];
  return [...new Set([first, last])];
}
