import { expect, it } from 'vitest';
import { csv } from '../../../src/runtime/files/csv.js';

it('quotes what holds a comma or a quote, and leaves numbers as they are', () => {
  expect(csv([['a,b', 'say "x"', -0.5, 1e-7, null, undefined, true]])).toBe(
    '"a,b","say ""x""",-0.5,1e-7,,,true\n',
  );
});

it.each(['=cmd()', '+1', '-2+3', '@SUM(A1)', ' =1', '\t=1', '\r=1', '=1,"x"'])(
  'keeps %j a text in a spreadsheet',
  (text) => {
    const [line = ''] = csv([[text]]).split('\n');
    expect(line).not.toMatch(/^"?\s*[=+\-@]/);
  },
);

it('keeps a row on its line', () => {
  expect(csv([['a\nb\r\u001b[2J', 1]])).toBe('a b \\u001b[2J,1\n');
});
