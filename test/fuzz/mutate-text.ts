import type { Dice } from '../compiler/format/dice.js';

/** What a language is apt to stumble over. */
export interface Vocabulary {
  readonly numbers: readonly string[];
  readonly words: readonly string[];
}

interface Context {
  readonly dice: Dice;
  /** Another text of the kind. */
  readonly other: string;
  readonly vocabulary: Vocabulary;
}

type Mutation = (text: string, context: Context) => string;

/** Longer texts say nothing more, and take long. */
const mostCharacters = 100_000;

/** Characters that programs that read texts forget. */
const odd = [
  ...['\0', '\r', '\t', '\v', '\u001b[31m', '\u007f', '\u0085', '\u00a0', '\u00ad', '\u200b'],
  ...['\u2028', '\u202e', '\u2212', '\ufeff', '\ufffd', '\ud800', '\udc00', '𝒳', 'é', 'e\u0301'],
  ...['“', '→', '\\', '"', "'", '`', '#', '//', '/*', '$', '%s', '{{', '<b>', '&amp;'],
];

const between = (dice: Dice, text: string): readonly [number, number] => {
  const [a, b] = [dice.below(text.length + 1), dice.below(text.length + 1)];
  return a < b ? [a, b] : [b, a];
};

/** A short part: what is repeated, moved or brought from elsewhere. */
function fragment(dice: Dice, text: string): string {
  const start = dice.below(text.length + 1);
  return text.slice(start, start + 1 + dice.below(dice.chance(0.8) ? 40 : 400));
}

const inserted = (text: string, at: number, part: string): string =>
  text.slice(0, at) + part + text.slice(at);

/** Words, signs and blanks; every character is of one. */
const tokensOf = (text: string): string[] => text.match(/[\w.]+|\s+|[^\w\s]/g) ?? [''];

const onTokens =
  (change: (tokens: string[], at: number, context: Context) => void): Mutation =>
  (text, context) => {
    const tokens = tokensOf(text);
    change(tokens, context.dice.below(tokens.length), context);
    return tokens.join('');
  };

const onLines =
  (change: (lines: string[], at: number, context: Context) => void): Mutation =>
  (text, context) => {
    const lines = text.split('\n');
    change(lines, context.dice.below(lines.length), context);
    return lines.join('\n');
  };

/** At the first token from `at` on that is one. */
function replaceNext(tokens: string[], at: number, form: RegExp, by: string): void {
  const found = tokens.findIndex((token, i) => i >= at && form.test(token));
  if (found >= 0) tokens[found] = by;
}

const tokenMutations: readonly Mutation[] = [
  onTokens((tokens, at) => tokens.splice(at, 1)),
  onTokens((tokens, at) => tokens.splice(at, 0, tokens[at]!)),
  onTokens((tokens, at, { dice }) => {
    const other = dice.below(tokens.length);
    [tokens[at], tokens[other]] = [tokens[other]!, tokens[at]!];
  }),
  onTokens((tokens, at, { dice, other }) => {
    tokens[at] = dice.pick(tokensOf(other));
  }),
  onTokens((tokens, at, { dice, vocabulary }) =>
    replaceNext(tokens, at, /^-?[\d.]+$/, dice.pick(vocabulary.numbers)),
  ),
  onTokens((tokens, at, { dice, vocabulary }) =>
    replaceNext(tokens, at, /^[A-Za-z]/, dice.pick(vocabulary.words)),
  ),
  onTokens((tokens, at, { dice, vocabulary }) => {
    tokens.splice(at, 0, ' ', dice.pick(vocabulary.words), ' ');
  }),
];

const lineMutations: readonly Mutation[] = [
  onLines((lines, at) => lines.splice(at, 1)),
  onLines((lines, at, { dice }) => lines.splice(dice.below(lines.length), 0, lines[at]!)),
  onLines((lines, at, { dice, other }) => lines.splice(at, 0, dice.pick(other.split('\n')))),
  onLines((lines, at, { dice }) => {
    lines[at] = dice.pick(['  ', '\t', '    ', '- ', '']) + lines[at]!.trimStart();
  }),
];

const byteMutations: readonly Mutation[] = [
  (text, { dice }) => {
    const bytes = Buffer.from(text);
    if (bytes.length > 0) bytes[dice.below(bytes.length)] = dice.below(256);
    return bytes.toString();
  },
  (text, { dice }) => {
    const at = dice.below(text.length);
    return text.slice(0, at) + text.slice(at + 1);
  },
  (text, { dice }) => inserted(text, dice.below(text.length + 1), dice.pick(odd)),
  (text, { dice }) => inserted(text, dice.below(text.length + 1), dice.pick([...'(){}[],:;=<>|!'])),
];

const largeMutations: readonly Mutation[] = [
  // Truncations.
  (text, { dice }) => text.slice(0, dice.below(text.length)),
  (text, { dice }) => text.slice(dice.below(text.length)),
  (text, { dice }) => {
    const [start, end] = between(dice, text);
    return text.slice(0, start) + text.slice(end);
  },
  // Splices.
  (text, { dice, other }) =>
    text.slice(0, dice.below(text.length)) + other.slice(dice.below(other.length)),
  (text, { dice, other }) => inserted(text, dice.below(text.length + 1), fragment(dice, other)),
  // Repeated fragments.
  (text, { dice }) => {
    const at = dice.below(text.length + 1);
    const count = dice.chance(0.9) ? 1 + dice.below(8) : 1 + dice.below(2000);
    return inserted(text, at, fragment(dice, text).repeat(count));
  },
  (text, { dice }) => {
    const [start, end] = between(dice, text);
    const count = dice.chance(0.9) ? 1 : dice.below(300);
    const [open, close] = dice.pick(['()', '[]', '{}', '""', '((', '[[', '- ', '--']);
    const inside = text.slice(start, end);
    return (
      text.slice(0, start) + open!.repeat(count) + inside + close!.repeat(count) + text.slice(end)
    );
  },
];

const families = [tokenMutations, tokenMutations, lineMutations, byteMutations, largeMutations];

/** `text` with one to five changes, mostly few. */
export function mutateText(text: string, context: Context): string {
  const { dice } = context;
  let mutant = text;
  do {
    mutant = dice.pick(dice.pick(families))(mutant, context).slice(0, mostCharacters);
  } while (dice.chance(0.45));
  return mutant;
}
