import { describe, expect, it } from 'vitest';
import { py } from '../../../../src/compiler/emit/pytorch/python/parse.js';
import { printModule, textOf } from '../../../../src/compiler/emit/pytorch/python/print.js';
import { assign, name, number } from '../../../../src/compiler/emit/pytorch/python/tree.js';

describe('a tree of Python', () => {
  it.each([
    'a - (b - c) - d',
    'a * (b + 1) // 2',
    '-(a + b) / -c',
    'f(x, *y.shape[2:], size=(1, None), mode="nearest")',
    'x[:, :, rows[:, None], 1:-1]',
    '[torch.ones(3)]',
    '(a,)',
    '0.2 * x + 0.5',
  ])('is printed as it is read: %s', (text) => {
    const strings = Object.assign([text], { raw: [text] });
    expect(textOf(py(strings))).toBe(text);
  });

  it('has brackets where a tree in a hole needs them, and there alone', () => {
    const sum = py`a + ${number(-1)}`;
    expect(textOf(py`${sum} * x`)).toBe('(a + -1) * x');
    expect(textOf(py`f(${sum}, ${[name('b'), name('c')]})`)).toBe('f(a + -1, b, c)');
    expect(textOf(py`${number(-2)}.shape`)).toBe('(-2).shape');
  });

  it('is not read from what is no expression', () => {
    expect(() => py`f(a b)`).toThrow(SyntaxError);
    expect(() => py`a +`).toThrow(SyntaxError);
    expect(() => py`a b`).toThrow(SyntaxError);
  });

  it('breaks a line at the arguments of its call', () => {
    const long = Array.from({ length: 12 }, (_, i) => name(`argument_${i}`));
    const body = [assign([name('x')], py`f(${long})`)];
    const source = printModule({
      doc: 'One.',
      imports: [],
      body: [{ kind: 'function', name: 'g', parameters: ['f'], body }],
    });
    expect(Math.max(...source.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(source).toContain('    x = f(\n        argument_0, argument_1,');
  });
});
