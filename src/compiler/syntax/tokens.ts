import type { IToken, Lexer as LexerType, TokenType } from 'chevrotain';
import { createToken, createTokenInstance, Lexer } from './chevrotain.js';

const category = (name: string): TokenType => createToken({ name, pattern: Lexer.NA });

export const Name = category('Name');
/** The words that cannot be names (text-4). */
export const Keyword = category('Keyword');
/** Everything that joins two operands; `not` is apart, since it may begin a statement. */
export const Operator = category('Operator');
export const Comparison = category('Comparison');
export const Additive = category('Additive');
export const Multiplicative = category('Multiplicative');

const name = (title: string, pattern: RegExp): TokenType =>
  createToken({ name: title, pattern, categories: [Name] });
export const Upper = name('Upper', /[A-Z][A-Za-z0-9_]*/);
export const Lower = name('Lower', /[a-z_][A-Za-z0-9_]*/);

const keyword = (title: string, ...categories: TokenType[]): TokenType =>
  createToken({
    name: title,
    pattern: title.toLowerCase(),
    longer_alt: Lower,
    label: title.toLowerCase(),
    categories: [Keyword, ...categories],
  });
export const Block = keyword('Block');
export const Model = keyword('Model');
export const Input = keyword('Input');
export const Output = keyword('Output');
export const Let = keyword('Let');
export const Shared = keyword('Shared');
export const As = keyword('As');
export const If = keyword('If');
export const Else = keyword('Else');
export const For = keyword('For');
export const In = keyword('In');
export const Repeat = keyword('Repeat');
export const With = keyword('With');
export const Require = keyword('Require');
export const Import = keyword('Import');
export const From = keyword('From');
export const True = keyword('True');
export const False = keyword('False');
export const And = keyword('And', Operator);
export const Or = keyword('Or', Operator);
export const Not = keyword('Not');

const mark = (title: string, text: string, ...categories: TokenType[]): TokenType =>
  createToken({ name: title, pattern: text, label: text, categories });
export const Arrow = mark('Arrow', '->');
export const Spread = mark('Spread', '...');
export const Equal = mark('Equal', '==', Operator, Comparison);
export const Unequal = mark('Unequal', '!=', Operator, Comparison);
export const AtMost = mark('AtMost', '<=', Operator, Comparison);
export const AtLeast = mark('AtLeast', '>=', Operator, Comparison);
export const Less = mark('Less', '<', Operator, Comparison);
export const More = mark('More', '>', Operator, Comparison);
export const Plus = mark('Plus', '+', Operator, Additive);
export const Minus = mark('Minus', '-', Operator, Additive);
export const Times = mark('Times', '*', Operator, Multiplicative);
export const Over = mark('Over', '/', Operator, Multiplicative);
export const Binds = mark('Binds', '=');
export const Comma = mark('Comma', ',');
export const Colon = mark('Colon', ':');
export const Dot = mark('Dot', '.');
export const RoundOpen = mark('RoundOpen', '(');
export const RoundClose = mark('RoundClose', ')');
export const SquareOpen = mark('SquareOpen', '[');
export const SquareClose = mark('SquareClose', ']');
export const CurlyOpen = mark('CurlyOpen', '{');
export const CurlyClose = mark('CurlyClose', '}');

/** The bracket that closes each opening one. */
export const closerOf = new Map<TokenType, TokenType>([
  [RoundOpen, RoundClose],
  [SquareOpen, SquareClose],
  [CurlyOpen, CurlyClose],
]);

export const NumberToken = createToken({
  name: 'Number',
  pattern: /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/,
});
export const Text = createToken({
  name: 'Text',
  // A text of megabytes has more letters than a regular expression may go back over one by one.
  pattern: /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"/,
});
/** A string whose line ends first: a `Text` to the parser, reported by the scanner. */
export const OpenText = createToken({
  name: 'OpenText',
  pattern: /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*\\?/,
  categories: [Text],
});

/** A text in the quotes of another language, on one line or three of them around several: reported by the scanner. */
export const Quoted = createToken({
  name: 'Quoted',
  pattern: /'''[\s\S]*?'''|'[^'\r\n]*'/,
  categories: [Text],
  line_breaks: true,
});

const blankLine = /[ \t\ufeff]*(?:\/\/[^\r\n]*)?(?:\r?\n|\r)/y;

/** A line end, and the lines behind it that are blank or a comment: a text may have millions of them, and they are one gap. */
function lineEnds(text: string, offset: number): [string] | null {
  if (text[offset] !== '\n' && text[offset] !== '\r') return null;
  blankLine.lastIndex = offset;
  let end = offset;
  while (blankLine.test(text)) end = blankLine.lastIndex;
  return [text.slice(offset, end)];
}

/** The raw end of a line; the newline filter turns some of them into `NewLine`. */
export const LineEnd = createToken({
  name: 'LineEnd',
  pattern: lineEnds,
  line_breaks: true,
  start_chars_hint: ['\r', '\n'],
});
/** The end of a statement or definition. */
export const NewLine = createToken({ name: 'NewLine', pattern: Lexer.NA });
/** Stands for text that could not be read and was reported. */
export const Missing = createToken({ name: 'Missing', pattern: Lexer.NA });

const skipped = (title: string, pattern: RegExp): TokenType =>
  createToken({ name: title, pattern, group: Lexer.SKIPPED });
const Blank = skipped('Blank', /[ \t\uFEFF]+/);
const Comment = skipped('Comment', /\/\/[^\r\n]*/);
/** A comment of another language: in a group of its own, which the scanner reports. */
export const HashComment = createToken({
  name: 'HashComment',
  pattern: /#[^\r\n]*/,
  group: 'hash',
});

// biome-ignore format: in the order the scanner tries them, longer marks before their beginnings
const scanned = [
  Blank, Comment, HashComment, LineEnd,
  Block, Model, Input, Output, Let, Shared, As, If, Else, For, In, Repeat, With, Require, Import,
  From, True, False, And, Or, Not, Lower, Upper, NumberToken, Text, OpenText, Quoted,
  Arrow, Spread, Equal, Unequal, AtMost, AtLeast, Less, More, Plus, Minus, Times, Over,
  Binds, Comma, Colon, Dot, RoundOpen, RoundClose, SquareOpen, SquareClose, CurlyOpen, CurlyClose,
];

export const vocabulary: TokenType[] = [
  ...[Name, Keyword, Operator, Comparison, Additive, Multiplicative, NewLine, Missing],
  ...scanned,
];

export function createLexer(options: { validate: boolean }): LexerType {
  return new Lexer(scanned, {
    positionTracking: 'onlyOffset',
    skipValidations: !options.validate,
  });
}

/** A token that is not in the text, at an offset where it would stand. */
export function tokenAt(type: TokenType, offset: number): IToken {
  const nowhere = Number.NaN;
  return createTokenInstance(type, '', offset, offset - 1, nowhere, nowhere, nowhere, nowhere);
}

/** The offset right after a token. */
export const endOf = (token: IToken): number => token.endOffset! + 1;

/** The words that cannot be names. */
export const keywords: readonly string[] = scanned
  .filter(({ CATEGORIES }) => CATEGORIES?.includes(Keyword))
  .map(({ PATTERN }) => String(PATTERN));
