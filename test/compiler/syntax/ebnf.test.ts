import { readFileSync } from 'node:fs';
import type { IToken } from 'chevrotain';
import { describe, expect, test } from 'vitest';
import { tokenMatcher } from '../../../src/compiler/syntax/chevrotain.js';
import { filterNewLines } from '../../../src/compiler/syntax/newlines.js';
import { scan } from '../../../src/compiler/syntax/scan.js';
import * as T from '../../../src/compiler/syntax/tokens.js';
import { type Form, formsOf, readGrammar, recognises, sentence } from './ebnf.js';
import { parse } from './sketch.js';

// grammar/netc.ebnf and the parser must take the same texts: what the grammar generates, the shipped files, and all of
// them after a change of one word, which is right or wrong by chance.

const whole = readGrammar(readFileSync('grammar/netc.ebnf', 'utf8'));
const isWord = (name: string): boolean =>
  /^[A-Z]+$/.test(name) || ['letter', 'digit'].includes(name);
const grammar = new Map([...whole].filter(([name]) => !isWord(name)));
const words = new Map([...whole].filter(([name]) => isWord(name)));

const classes: Readonly<Record<string, IToken['tokenType']>> = {
  UPPER: T.Upper,
  LOWER: T.Lower,
  NUMBER: T.NumberToken,
  STRING: T.Text,
  NL: T.NewLine,
};

const isToken = (form: Form, token: IToken): boolean =>
  form.kind === 'rule'
    ? tokenMatcher(token, classes[form.name]!)
    : form.kind === 'text' && token.tokenType !== T.NewLine && token.image === form.text;

function inGrammar(text: string): boolean {
  const { tokens } = scan({ path: 'test.net', text });
  return recognises(grammar, 'file', filterNewLines(tokens), isToken);
}
const inParser = (text: string): boolean => parse(text).codes.length === 0;

/** Numbers from 0 to 1, the same for the same seed (Marsaglia 2003, xorshift). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const pick = <T>(of: readonly T[], random: () => number): T =>
  of[Math.floor(random() * of.length)]!;
const examples: Readonly<Record<string, readonly string[]>> = {
  UPPER: ['Unit', 'H'],
  LOWER: ['x', 'relu', '_'],
  NUMBER: ['3', '0.5', '1e-5'],
  STRING: ['"same"', '""'],
  NL: ['\n'],
};
const wordsOf = (random: () => number) => (form: Form) =>
  form.kind === 'text' ? form.text : pick(examples[(form as { name: string }).name]!, random);

/** Texts of the grammar. A line that begins with `-` goes on with the line before, so such ones are left out. */
function generated(count: number): string[] {
  const random = chance(20_260_101);
  const texts: string[] = [];
  while (texts.length < count) {
    const text = sentence(grammar, 'file', random, wordsOf(random), 10 + random() * 60).join(' ');
    if (text && !/\n -/.test(text)) texts.push(text);
  }
  return texts;
}

const vocabulary = [
  ...new Set(formsOf(grammar).flatMap((form) => (form.kind === 'text' ? [form.text] : []))),
  ...Object.values(examples).flat(),
];

/** The text with one word left out, doubled, put in another's place, or changed for any other. */
function changed(words: readonly string[], random: () => number): string {
  const at = Math.floor(random() * words.length);
  const other = Math.floor(random() * words.length);
  const ways = [
    words.toSpliced(at, 1),
    words.toSpliced(at, 0, pick(vocabulary, random)),
    words.with(at, pick(vocabulary, random)),
    words.with(at, words[other]!).with(other, words[at]!),
  ];
  return pick(ways, random).join(' ');
}

test('grammar-1: the parser takes what the grammar generates', () => {
  for (const text of generated(800)) expect([text, parse(text).messages]).toEqual([text, []]);
});

test('grammar-1: after a change of one word, parser and grammar agree', () => {
  const random = chance(7);
  let [taken, refused] = [0, 0];
  for (const text of generated(800)) {
    for (let i = 0; i < 3; i++) {
      const other = changed(text.split(' '), random);
      const right = inGrammar(other);
      expect([other, inParser(other)]).toEqual([other, right]);
      if (right) taken++;
      else refused++;
    }
  }
  expect(Math.min(taken, refused)).toBeGreaterThan(150);
});

test.each([
  'models/lib/shapes.net',
  'models/lib/skips.net',
  'models/bcdunet.net',
  'models/fcn8s.net',
])('%s is in the grammar, and after a change of one word parser and grammar agree', (path) => {
  const text = readFileSync(path, 'utf8').replace(/\/\/.*/g, '');
  expect(inGrammar(text)).toBe(true);
  const words = text.match(/\n|"[^"]*"|\w+(?:\.\d+)?|->|\.\.\.|[=!<>]=|\S/g)!;
  const random = chance(11);
  for (let i = 0; i < 150; i++) {
    const other = changed(words, random);
    expect([other, inParser(other)]).toEqual([other, inGrammar(other)]);
  }
});

describe('words', () => {
  const predicates: Readonly<Record<string, RegExp>> = {
    'any character but ", \\ and a line end': /[^"\\\r\n]/,
    'any character but a line end': /[^\r\n]/,
  };
  const isCharacter = (form: Form, character: string): boolean => {
    if (form.kind === 'text') return form.text === character;
    if (form.kind === 'range') return form.from <= character && character <= form.to;
    return form.kind === 'words' && predicates[form.words]!.test(character);
  };
  const characters = (random: () => number) => (form: Form) =>
    form.kind === 'text'
      ? form.text
      : pick(
          [...'AZaz_059 é"\\'].filter((c) => isCharacter(form, c)),
          random,
        );
  const isOne = (name: string, text: string): boolean => {
    const { tokens } = scan({ path: 'test.net', text });
    const [first] = tokens;
    const keyword =
      name === 'LOWER' && vocabulary.includes(text) && !examples.LOWER!.includes(text);
    return (
      keyword ||
      (tokens.length === 1 && first!.image === text && first!.tokenType === classes[name])
    );
  };

  test.each(['UPPER', 'LOWER', 'NUMBER', 'STRING'])('%s is what the scanner takes', (name) => {
    const random = chance(5);
    for (let i = 0; i < 500; i++) {
      const units = sentence(words, name, random, characters(random), 8);
      expect([units.join(''), isOne(name, units.join(''))]).toEqual([units.join(''), true]);
      const other = changed(units, random).replaceAll(' ', '').slice(0, 20);
      const right = recognises(words, name, [...other], isCharacter);
      if (other && !vocabulary.includes(other))
        expect([other, isOne(name, other)]).toEqual([other, right]);
    }
  });

  test('keywords and marks are those of the scanner', () => {
    const known = T.vocabulary.flatMap(({ PATTERN }) =>
      typeof PATTERN === 'string' ? [PATTERN] : [],
    );
    const written = formsOf(grammar).flatMap((form) => (form.kind === 'text' ? [form.text] : []));
    expect([...new Set(written)].sort()).toEqual(known.sort());
  });
});
