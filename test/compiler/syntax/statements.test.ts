import { describe, expect, test } from 'vitest';
import { diagnosticsOf, modelOf } from '../expand/texts.js';
import { parse } from './sketch.js';

test('text-1: a character outside the grammar is refused, and comments may hold any', () => {
  expect(parse('block B(x) { x } // → £').codes).toEqual([]);
  expect(parse('block B(x) { x → relu }').codes).toEqual(['NET0001']);
});

describe('text-4: keywords are no names', () => {
  test.each(['input', 'with', 'repeat', 'from'])('%s', (word) => {
    expect(parse(`block B(x) { let ${word} = x\n x }`).codes).toEqual(['NET0005']);
    expect(parse(`block B(x) { let ${word}s = x\n x }`).codes).toEqual([]);
  });
});

test.each([
  ['block B(x = 3) { x }', 'NET0013'],
  ['block B(x) { repeat 3 { x } }', 'NET0014'],
  ['block B(x) { x -> Conv(kernel = 1) }', 'NET0015'],
  ['block B(x) { x -> Conv(1 2) }', 'NET0002'],
  ['block B(x) { x -> Conv(1 }', 'NET0004'],
])('grammar-1: %s is %s', (text, code) => expect(parse(text).codes).toEqual([code]));

describe('grammar-2: the last line of a body is its value', () => {
  test.each([
    ['block B(x) { let y = x }', 'NET0010'],
    ['block B(x) { x -> relu\n x }', 'NET0009'],
    ['block B(x) { if true { let y = x } else { x } }', 'NET0010'],
    ['block B(x) { for i in [1] { i\n x } }', 'NET0009'],
    ['model M { input x: [N, H, W, 3]\n x -> relu\n output y = x }', 'NET0009'],
  ])('%s is %s', (text, code) => expect(parse(text).codes).toEqual([code]));
});

describe('grammar-3: inputs and outputs stand directly inside a model', () => {
  test.each([
    'block B(x) { input y: [N, H, W, 3]\n x }',
    'block B(x) { output y = x\n x }',
    'model M { input x: [N, H, W, 3]\n output y = if true { output z = x\n x } else { x } }',
  ])('%s', (text) => expect(parse(text).codes).toEqual(['NET0011']));
});

test('control-1: an `if` has an `else`', () => {
  expect(parse('block B(x) { if true { x } }').codes).toEqual(['NET0012']);
});

test('precedence-1: a comparison is not compared again', () => {
  expect(parse('block B(x) { require 1 < 2 < 3, "no"\n x }').codes).toEqual(['NET0008']);
});

describe('names-1: the case of a declared name', () => {
  test.each([
    'block unit(x) { x }',
    'block B(X) { x }',
    'model net { input x: [N, H, W, 3]\n output y = x }',
    'model M { input X: [N, H, W, 3]\n output y = X }',
    'model M { input x: [N, H, W, 3]\n output Y = x }',
    'block B(x) { shared F = Conv(1)\n x }',
    'block B(x) { x -> Conv(1) as First }',
    'import { unit } from "units.net"',
  ])('%s', (text) => expect(parse(text).codes).toEqual(['NET0006']));
});

test('blocks-6: a requirement that does not hold is an error in the words of its author', () => {
  const deep = 'block Deep(depth) (x) { require depth >= 1, "one is the least"\n x }\n';
  expect(diagnosticsOf(deep + modelOf('image -> Deep(1)'))).not.toContain(
    'NET0213: one is the least',
  );
  expect(diagnosticsOf(deep + modelOf('image -> Deep(0)'))).toEqual(['NET0213: one is the least']);
});
