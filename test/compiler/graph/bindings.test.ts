import { describe, expect, it } from 'vitest';
import { bindSymbols } from '../../../src/compiler/graph/bindings.js';
import { parse } from '../../../src/compiler/graph/parse.js';

const graph = parse(
  [
    'graph train',
    'symbols N, H = 16k + 12',
    'input image %0: float[N, H, 3]',
    'input mask %1: float[N, H/2, 1]',
  ].join('\n'),
);

describe('bindSymbols', () => {
  it('reads the symbols off the inputs', () => {
    expect(bindSymbols(graph, { image: [2, 28, 3], mask: [2, 14, 1] })).toEqual({ N: 2, H: 28 });
  });

  it.each([
    [{ image: [2, 28, 3] }, 'train wants an input mask'],
    [{ image: [2, 28, 3, 1], mask: [2, 14, 1] }, 'image is [2, 28, 3, 1], which does not fit'],
    [{ image: [2, 28, 1], mask: [2, 14, 1] }, 'does not fit [N, H, 3] with N = 2, H = 28'],
    [{ image: [2, 28, 3], mask: [1, 14, 1] }, 'the input mask is [1, 14, 1]'],
    [{ image: [2, 32, 3], mask: [2, 16, 1] }, 'defined for H = 16k + 12: 28 or 44 would do'],
  ])('refuses %j', (extents, message) => {
    expect(() => bindSymbols(graph, extents as Record<string, number[]>)).toThrow(message);
  });

  it('lists all that does not fit', () => {
    const both = () => bindSymbols(graph, { image: [2, 32, 1] });
    expect(both).toThrow('train wants an input mask');
    expect(both).toThrow('does not fit [N, H, 3]');
    expect(both).toThrow('28 or 44 would do');
  });
});
