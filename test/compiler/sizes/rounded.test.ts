import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '../../../src/compiler/sizes/rational.js';
import { baseOf, floorOf, leastFor, wholeFor } from '../../../src/compiler/sizes/rounded.js';
import { evaluateSize, parseSize, printSize, type Size } from '../../../src/compiler/sizes/size.js';

const sizes = fc
  .record({
    p: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 })),
    q: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 6 })),
  })
  .map(({ p, q }): Size => ({ symbol: 'H', p: rational(...p), q: rational(...q) }));
const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: -3, max: 3 })), {
  maxLength: 3,
});

/** Rounded down again and again, each time behind a division and a shift. */
const nested = fc.tuple(sizes, steps).map(([size, all]) =>
  all.reduce((inner, [divisor, shift]): Size => {
    const { symbol, p, q } = floorOf(inner);
    const by = (n: number, d: number) => rational(n, d * divisor);
    return { symbol, p: by(p.n, p.d), q: by(q.n + shift * q.d, q.d) };
  }, size),
);

describe('a size rounded down', () => {
  test.each([
    ['H/2', 'floor(H/2)'],
    ['H/2 + 3/2', 'floor(H/2 + 1/2) + 1'],
    ['floor(H/2)/2', 'floor(H/4)'],
    ['floor(H/2 + 1/2)/2 - 1/2', 'floor(H/4 + 3/4) - 1'],
    ['2H + 1/2', '2H'],
    ['7/2', '3'],
  ])('%s is %s', (size, rounded) => {
    expect(printSize(floorOf(parseSize(size)!))).toBe(rounded);
  });

  test('is the greatest whole number not above it, whatever the symbol stands for', () => {
    fc.assert(
      fc.property(nested, fc.nat(60), (size, H) => {
        const exact = evaluateSize(size, { H });
        expect(evaluateSize(floorOf(size), { H })).toBe(Math.floor(exact + 1e-9));
      }),
    );
  });

  test('reads back from its text', () => {
    fc.assert(
      fc.property(nested, (size) => {
        const rounded = floorOf(size);
        expect(parseSize(printSize(rounded))).toEqual(rounded);
      }),
    );
  });

  test('is 1 or more from its least on', () => {
    fc.assert(
      fc.property(nested, (size) => {
        const rounded = floorOf(size);
        const least = leastFor(rounded)!;
        expect(baseOf(rounded)).toBe('H');
        expect(evaluateSize(rounded, { H: least })).toBeGreaterThanOrEqual(1);
        expect(evaluateSize(rounded, { H: least - 1 })).toBeLessThan(1);
      }),
    );
  });

  test('asks, where it is divided again, for no rounding', () => {
    const asked = wholeFor(parseSize('floor(H/2 + 1/2)/2')!);
    expect(asked.map(printSize)).toEqual(['H/2 + 1/2', 'H/4 + 1/4']);
  });
});
