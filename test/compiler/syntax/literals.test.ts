import { expect, test } from 'vitest';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { parseExpression } from '../../../src/compiler/syntax/parse.js';

function value(text: string): unknown {
  const diagnostics = new Diagnostics();
  const expression = parseExpression({ path: '--set', text }, diagnostics);
  expect(diagnostics.all()).toEqual([]);
  return 'value' in expression ? expression.value : expression.kind;
}

test.each([
  ['0', 0],
  ['64', 64],
  ['0.01', 0.01],
  ['1e-5', 1e-5],
  ['2.5E+3', 2500],
  ['true', true],
  ['false', false],
  ['"same"', 'same'],
  ['""', ''],
  [String.raw`"a \"b\" \\ c\n\td"`, 'a "b" \\ c\n\td'],
  ['"// no comment"', '// no comment'],
])('text-3: the literal %s', (text, meant) => expect(value(text)).toBe(meant));

test('a word that begins like a keyword is a name', () => {
  expect(value('input_size')).toBe('name');
  expect(value('format')).toBe('name');
});

test.each([
  ['', 'expected a value, found nothing'],
  ['R2CL R2CL', 'expected the end of the text, found `R2CL`'],
  ['3 +', 'expected a value, found the end of the text'],
  ['.5', 'expected a value, found `.`'],
])('an expression is the whole text: %s', (text, message) => {
  const diagnostics = new Diagnostics();
  const expression = parseExpression({ path: '--set', text }, diagnostics);
  expect(diagnostics.all().map((d) => d.message)).toEqual([message]);
  expect(expression.kind).toBe('missing');
});
