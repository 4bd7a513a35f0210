import { type Span, textOf } from '../../source/source.js';
import { brackets } from './brackets.js';
import { type Advice, error, errorByKind } from './entry.js';
import { append, replace } from './words.js';

type Name = { readonly name: string };

/** What other languages write for a sign: the words about it, and the text to put there. */
const signs: Readonly<Record<string, readonly [advice: string, text?: string]>> = {
  ';': ['a statement ends with its line: remove it', ''],
  "'": ['a text stands in double quotes: write `"`', '"'],
  '&': ['write `and`', 'and'],
  '&&': ['write `and`', 'and'],
  '|': ['write `or`', 'or'],
  '||': ['write `or`', 'or'],
  '!': ['write `not`', 'not '],
  '→': ['write `->`', '->'],
  '×': ['write `*`', '*'],
  '^': ['write `pow(x, n)`'],
  '@': ['netc has no product of matrices: `a * b` multiplies entry by entry'],
  '%': ['write `x - n * floor(x / n)`'],
  '#': ['a comment begins with `//`', '//'],
};

/** Whose name it is that has the wrong case. */
const owners = {
  import: 'what is imported',
  block: "a block's name",
  model: "a model's name",
  input: 'an input',
  output: 'an output',
  attribute: 'an attribute',
  instance: 'the name of an instance',
  shared: 'a shared instance',
} as const;

/** Signs, texts, brackets and names, as the scanner meets them. */
export const text = {
  NET0001: errorByKind('Unexpected character', {
    sign: ({ text }: { text: string }, { span }) => {
      const known = Object.hasOwn(signs, text) ? signs[text] : undefined;
      const [message, other] = known ?? ['remove it, or write it in a comment or a text', ''];
      return {
        message: `\`${text}\` has no meaning in the language`,
        suggestion: other === undefined ? message : replace(span, other, message),
      };
    },
    quoted: ({ text }: { text: string }, { span }) => ({
      message: "a text does not stand in '...'",
      suggestion: replace(span, JSON.stringify(text), `write \`"${text}"\``),
    }),
    description: () => ({
      message: "a text does not stand in '...'",
      suggestion: 'a description stands above its block, after `///`; a remark after `//`',
    }),
    setting: ({ name, text }: Name & { text: string }, { span }) => ({
      message: "a value does not stand in '...'",
      suggestion: quotesOutside(span, name, text),
    }),
  }),
  /** `words` is as much of the line as may be the text. */
  NET0003: error('String without an end', ({ words }: { words: Span }) => ({
    message: 'the line ends before the closing `"`',
    label: 'the text begins here',
    suggestion:
      words.end - words.start > 1
        ? append(words, '"', `close it: write \`${textOf(words)}"\``)
        : 'a text stands on one line, between two `"`: close it, or remove this one',
  })),
  NET0004: error('Bracket without its partner', brackets),
  NET0005: error('Keyword as a name', ({ word }: { word: string }, { span }) => ({
    message: `\`${word}\` is a word of the language and cannot be a name`,
    suggestion: replace(span, `${word}2`, `write another name, such as \`${word}2\``),
  })),
  NET0006: error(
    'Name in the wrong case',
    ({ name, of }: Name & { of: keyof typeof owners }, { span }) => {
      const isPascal = /^[A-Z]/.test(name);
      const bare = isPascal ? name : name.replace(/^_+/, '');
      const first = bare.slice(0, 1);
      const better = (isPascal ? first.toLowerCase() : first.toUpperCase()) + bare.slice(1);
      const message = isPascal
        ? `${owners[of]} begins with a small letter; a PascalCase name is a block or a model`
        : `${owners[of]} begins with a capital letter; a lowerCase name is an operation, an instance or a value`;
      return {
        message,
        suggestion: better ? replace(span, better) : 'write a name that begins with a letter',
      };
    },
  ),
};

/** Quotes that were for the shell came along with the value of `--set`. */
export const quotesOutside = (span: Span, name: string, text: string): Advice =>
  replace(span, text, `leave the quotes to the shell, around all of it: --set '${name}=${text}'`);
