import { describe, expect, test } from 'vitest';
import { parse, sketchStatement } from './sketch.js';

/** The statements of a block with these lines. */
function statements(...lines: string[]): string[] {
  const { file, messages } = parse(`block B(x) {\n${lines.join('\n')}\n}`);
  if (messages.length > 0) throw new Error(messages.join('; '));
  const [block] = file.definitions;
  if (block?.kind !== 'block') throw new Error('not a block');
  return block.body.statements.map(sketchStatement);
}

describe('text-5: a line end', () => {
  test('ends a statement, and several are one', () => {
    expect(statements('let a = x', '', '  // between', 'let b = a', 'b')).toEqual([
      'let a = x',
      'let b = a',
      'b',
    ]);
  });

  test.each([
    ['an operator begins the next line', ['a', '+ b'], '(a + b)'],
    ['a minus begins it: unary minus never does', ['a', '-b'], '(a - b)'],
    ['an operator ends the line', ['a *', 'b'], '(a * b)'],
    ['an arrow begins the next line', ['x', '-> A', '-> B'], '((x -> A) -> B)'],
    ['an arrow ends the line', ['x ->', 'A'], '(x -> A)'],
    ['`as` begins the next line', ['x -> A', 'as b'], '(x -> A as b)'],
    ['`else` begins the next line', ['if a { b }', 'else { c }'], '(if a {b} else {c})'],
    ['a brace opens on the next line', ['if a', '{ b }', 'else', '{ c }'], '(if a {b} else {c})'],
    ['`with` begins the next line', ['repeat 2', 'with s = x { s }'], '(repeat 2 with s = x {s})'],
    ['`in` ends the line', ['for i in', 'x { i }'], '(for i in x {i})'],
    ['a dot begins the next line', ['x', '.channels'], '(x . channels)'],
    ['`not` ends the line', ['not', 'a'], '(not a)'],
    ['`and` begins the next line', ['a', 'and b'], '(a and b)'],
    ['a list is open', ['[', 'a,', '', 'b', ']'], '[a, b]'],
    ['arguments are open', ['x -> A(', '1', ',k: 2', ')'], '(x -> A{1, k: 2})'],
  ])('does not where %s', (_, lines, meant) => expect(statements(...lines)).toEqual([meant]));

  test('counts again in braces within brackets', () => {
    expect(statements('(if x {', 'let y = x', 'y', '} else { x },', 'x) -> add')).toEqual([
      '(<(if x {let y = x; y} else {x}), x> -> add)',
    ]);
  });

  test('ends the statement before a bracket: two lines are no call', () => {
    expect(parse('block B(x) {\nx\n(x) -> relu\n}').codes).toEqual(['NET0009']);
  });

  test('may be that of any system', () => {
    expect(
      parse('block A(x) {\r\n  let a = x\r\n  a\r\n}\r\n\r\nblock B(x) { x }\r\n').codes,
    ).toEqual([]);
  });

  test('at both ends of a file means nothing', () => {
    expect(parse('\n\n// only a comment\n').file.definitions).toEqual([]);
    expect(parse('\n\nblock A(x) { x }\n\n').codes).toEqual([]);
  });
});
