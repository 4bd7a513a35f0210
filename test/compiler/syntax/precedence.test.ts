import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sketchOf } from './sketch.js';

describe('precedence-1: how tightly operators bind', () => {
  test.each([
    ['a or b and c', '(a or (b and c))'],
    ['not a and b', '((not a) and b)'],
    ['not a == b', '(not (a == b))'],
    ['a < b + c', '(a < (b + c))'],
    ['a + b * c', '(a + (b * c))'],
    ['a - b - c', '((a - b) - c)'],
    ['a / b * c', '((a / b) * c)'],
    ['-a * b', '((- a) * b)'],
    ['a * -b', '(a * (- b))'],
    ['--a', '(- (- a))'],
    ['-x.channels', '(- (x . channels))'],
    ['f(a)(b)[0].rest', '((((f call {a}) call {b}) at 0) . rest)'],
    ['(a + b) -> f -> G(1) as g', '(((a + b) -> f) -> G{1} as g)'],
    ['(a, b) -> add', '(<a, b> -> add)'],
    ['if a { b } else if c { d } else { e } -> f', '((if a {b} else (if c {d} else {e})) -> f)'],
    ['f(k: a -> b, c)', '(f call {k: (a -> b), c})'],
    ['[a, b,]', '[a, b]'],
  ])('%s', (text, meant) => expect(sketchOf(text)).toBe(meant));
});

interface Tree {
  /** With brackets only where the table of the reference wants them. */
  readonly written: string;
  readonly sketch: string;
  /** How tightly it binds. */
  readonly level: number;
}

const levels: Record<string, number> = {
  or: 1,
  and: 2,
  '<': 4,
  '==': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
};

const guard = (tree: Tree, level: number): string =>
  tree.level < level ? `(${tree.written})` : tree.written;

function binary(operator: string, left: Tree, right: Tree): Tree {
  const level = levels[operator]!;
  const leftLevel = level === 4 ? 5 : level;
  return {
    written: `${guard(left, leftLevel)} ${operator} ${guard(right, level + 1)}`,
    sketch: `(${left.sketch} ${operator} ${right.sketch})`,
    level,
  };
}

function prefix(operator: 'not' | '-', operand: Tree): Tree {
  const level = operator === 'not' ? 3 : 7;
  return {
    written: `${operator} ${guard(operand, level)}`,
    sketch: `(${operator} ${operand.sketch})`,
    level,
  };
}

const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom('a', 'b', '7').map((name) => ({ written: name, sketch: name, level: 9 })),
    fc
      .tuple(fc.constantFrom(...Object.keys(levels)), tie('tree'), tie('tree'))
      .map(([operator, left, right]) => binary(operator, left, right)),
    fc
      .tuple(fc.constantFrom('not' as const, '-' as const), tie('tree'))
      .map(([operator, operand]) => prefix(operator, operand)),
  ),
})).tree;

test('any expression written with the fewest brackets is read as it was meant', () => {
  fc.assert(
    fc.property(trees, ({ written, sketch }) => {
      expect(sketchOf(written)).toBe(sketch);
    }),
    { numRuns: 200 },
  );
});
