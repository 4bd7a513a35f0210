import { expect } from 'vitest';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { formatFile, width } from '../../../src/compiler/format/format.js';
import { parseFile } from '../../../src/compiler/syntax/parse.js';
import { wordsOf } from './roughen.js';

/** Comments in order, blanks at their ends aside. */
export const commentsOf = (text: string): string[] =>
  [...text.matchAll(/"(?:[^"\\\r\n]|\\.)*"|\/\/[^\r\n]*/g)]
    .map(([found]) => found.trimEnd())
    .filter((found) => found.startsWith('//'));

/** The words without the commas before a closing bracket. */
const essential = (text: string): string[] => {
  const words = wordsOf(text);
  return words.filter((word, i) => word !== ',' || !/^[)\]]/.test(words[i + 1] ?? ''));
};

/** Lines over the width, without the comments behind them, that hold no long text. */
export const tooLong = (text: string): string[] =>
  text.split('\n').filter((line) => {
    const code = line.replace(/("(?:[^"\\]|\\.)*")|\/\/.*/g, (_, quoted?: string) => quoted ?? '');
    return code.trimEnd().length > width && !/"[^"]{40}/.test(code);
  });

/** What the `///` comments say of each definition. */
const docsOf = (text: string): string[] => {
  const { definitions } = parseFile({ path: 'text.net', text }, new Diagnostics());
  return definitions.map(({ name, doc }) => `${name.text}: ${doc}`);
};

/**
 * Formats a text, and holds that only blanks, line ends and end commas changed, and that no second
 * time changes more.
 */
export function formatted(text: string): string {
  const once = formatFile({ path: 'text.net', text });
  if (once === undefined) throw new Error(`errors of syntax in:\n${text}`);
  expect(essential(once)).toEqual(essential(text));
  expect(commentsOf(once)).toEqual(commentsOf(text));
  expect(docsOf(once)).toEqual(docsOf(text));
  expect(formatFile({ path: 'text.net', text: once })).toBe(once);
  expect(tooLong(once)).toEqual([]);
  expect(once).not.toMatch(/[ \t\r]\n|\n\n\n|^\n|\n\n$/);
  return once;
}
