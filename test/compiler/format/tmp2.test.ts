import { expect, test } from 'vitest';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { formatFile } from '../../../src/compiler/format/format.js';
import { parseFile } from '../../../src/compiler/syntax/parse.js';
import { commentsOf } from './preserved.js';
import { randomProgram } from './random-program.js';
import { wordsOf } from './roughen.js';

test('s', () => {
  const t: Record<string, number> = {};
  const time = (k: string, f: () => unknown) => {
    const a = performance.now();
    const r = f();
    t[k] = (t[k] ?? 0) + performance.now() - a;
    return r;
  };
  let size = 0;
  for (let i = 0; i < 100; i++) {
    const { rough } = time('gen', () => randomProgram(i)) as ReturnType<typeof randomProgram>;
    size += rough.main.length;
    time('parse', () => parseFile({ path: '', text: rough.main }, new Diagnostics()));
    time('format', () => formatFile({ path: '', text: rough.main }));
    time('comments', () => commentsOf(rough.main));
    const w = time('words', () => wordsOf(rough.main));
    time('eq', () => expect(w).toEqual([...(w as string[])]));
  }
  console.log(size, t);
});
