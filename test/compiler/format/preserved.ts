import { expect } from 'vitest';
import { compileModel } from '../../../src/compiler/compile.js';
import { formatFile, width } from '../../../src/compiler/format/format.js';
import { print } from '../../../src/compiler/graph/print.js';
import type { SourceReader } from '../../../src/compiler/source/source.js';
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

/** Formats a text, and holds that only blanks, line ends and end commas changed, and that no second time changes more. */
export function formatted(text: string): string {
  const once = formatFile({ path: 'text.net', text });
  if (once === undefined) throw new Error(`mistakes of syntax in:\n${text}`);
  expect(essential(once)).toEqual(essential(text));
  expect(commentsOf(once)).toEqual(commentsOf(text));
  expect(formatFile({ path: 'text.net', text: once })).toBe(once);
  expect(tooLong(once)).toEqual([]);
  expect(once).not.toMatch(/[ \t\r]\n|\n\n\n|^\n|\n\n$/);
  return once;
}

/** The printed graphs of all models of a file, or what is wrong with it. */
export function graphsOf(path: string, reader: SourceReader): readonly string[] {
  const models = [...reader.read(path)!.text.matchAll(/^[ \t]*model\s+(\w+)/gm)].map(
    ([, name]) => name,
  );
  return models.map((model) => {
    const { graph, diagnostics } = compileModel(path, reader, { model });
    if (graph) return print(graph);
    return diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n');
  });
}
