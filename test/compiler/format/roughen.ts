import type { IToken } from 'chevrotain';
import type { SourceFile } from '../../../src/compiler/source/source.js';
import { filterNewLines } from '../../../src/compiler/syntax/newlines.js';
import { scan } from '../../../src/compiler/syntax/scan.js';
import type { Dice } from './dice.js';

// A line may end here without ending the statement: the language's section 2.
const operators = ['+', '-', '*', '/', '==', '!=', '<', '<=', '>', '>=', 'and', 'or'];
const cannotEnd = [
  ...operators,
  '->',
  '=',
  ',',
  ':',
  '{',
  '...',
  'not',
  'as',
  'in',
  'with',
  'else',
  'from',
];
const cannotBegin = [...operators, '->', 'as', 'with', 'else', 'from', '{', '}', ',', '.'];

const remarks = [
  'a note',
  '-> relu',
  '{ ( [',
  'ends in blanks   ',
  '"text',
  '',
  '/// three',
  'x'.repeat(40),
  'wide '.repeat(22),
];

const isWord = (text: string): boolean => /^[A-Za-z0-9_.]/.test(text);
const isWordEnd = (text: string): boolean => /[A-Za-z0-9_]$/.test(text);
/** Two marks that would be read as one. */
const fuses = (a: string, b: string): boolean =>
  (isWordEnd(a) && isWord(b) && !(b === '.' && !/^[0-9]/.test(a))) ||
  /^(->|==|<=|>=|!=|\/\/|\.\.\.\.*|=>)/.test(a + b);

/** The words of a program without its blanks, `\n` where a statement ends. */
export function wordsOf(text: string): string[] {
  const source: SourceFile = { path: 'words', text };
  const { tokens } = scan(source);
  return filterNewLines(tokens).map((token: IToken) => token.image || '\n');
}

/** Other blanks, line ends and comments between the words of a text, wherever they change nothing. */
export function roughen(text: string, dice: Dice): string {
  const calm = dice.chance(0.3);
  let comments = 0;
  const blanks = (): string => dice.pick(['', ' ', ' ', ' ', '  ', '\t']);
  const lineEnd = dice.pick(['\n', '\n', '\n', '\r\n']);
  const note = (): string =>
    `${dice.pick(['//', '// ', '/// '])}${++comments} ${dice.pick(remarks)}`;
  /** Blanks with a line end in them, and comments. */
  const ended = (): string =>
    dice
      .several(
        1,
        calm ? 2 : 3,
        () => `${blanks()}${dice.chance(calm ? 0.15 : 0.3) ? note() : ''}${lineEnd}${blanks()}`,
      )
      .join('');
  const open: string[] = [];
  let rough = dice.chance(0.3) ? ended() : '';
  const words = wordsOf(text);
  words.forEach((word, i) => {
    const before = words[i - 1] ?? '\n';
    if (word === '\n') rough += ended();
    else if (before !== '\n') {
      const free =
        open.at(-1) === '(' ||
        open.at(-1) === '[' ||
        cannotEnd.includes(before) ||
        cannotBegin.includes(word);
      if (free && dice.chance(calm ? 0.04 : 0.12)) rough += ended();
      else rough += fuses(before, word) ? ` ${blanks()}` : blanks();
    }
    if (['(', '[', '{'].includes(word)) open.push(word);
    if ([')', ']', '}'].includes(word)) open.pop();
    // Right behind a `/` a comment would begin one word too early.
    if (word !== '\n') rough += word === '/' ? '/ ' : word;
  });
  return rough + (dice.chance(0.5) ? ended() : '') + (dice.chance(0.3) ? note() : '');
}
