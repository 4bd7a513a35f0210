import { expect, test } from 'vitest';
import { checkFile, compileModel, type Made, stages } from '../../src/compiler/compile.js';
import { compileText, modelOf, readerOf } from './expand/texts.js';

test('after each stage, what it made can be looked at', () => {
  const seen: (readonly [string, readonly (keyof Made)[]])[] = [];
  compileText(modelOf('image -> relu'), {
    after: ({ name }, made) => seen.push([name, Object.keys(made) as (keyof Made)[]]),
  });
  expect(seen.map(([name]) => name)).toEqual(stages.map(({ name }) => name));
  expect(seen.at(-1)?.[1]).toEqual(['main', 'modules', 'chosen', 'expanded', 'graph', 'tree']);
});

test('with an error there is no graph, with a warning there is', () => {
  expect(compileText(modelOf('image -> Missing')).graph).toBeUndefined();
  const warned = compileText(modelOf('image -> Conv(1)', 'let lost = image -> relu'));
  expect(warned.diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
  expect(warned.graph).toBeDefined();
});

test.each([compileModel, checkFile])(
  'a file that is not there is a mistake as others are',
  (run) => {
    const { diagnostics } = run('nowhere.net', readerOf({}));
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'NET0104: there is no file nowhere.net',
    ]);
  },
);

test('a mistake in the text keeps the rest of the file in sight', () => {
  const text = `block Broken(x) { x -> -> relu }
block Other(x) { x -> Cnv(3) }
${modelOf('image -> Broken -> Other')}`;
  expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(['NET0002', 'NET0101']);
});
