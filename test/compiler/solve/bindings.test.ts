import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/compiler/ir/parse.js';
import { bindSymbols } from '../../../src/compiler/solve/bindings.js';

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

  it('refuses a size that leaves nothing of the image', () => {
    const narrow = parse(
      [
        'graph narrow',
        'symbols N, H = 2k, W',
        'input image %0: float[N, H, W, 1]',
        'weight kernel %1: float[5, 5, 1, 1] = constant(0)',
        '%2: float[N, H - 4, W - 4, 1] = conv(%0, %1) {strides = [1, 1], dilations = [1, 1], groups = 1, padding = "valid"}',
        'output mask %2',
      ].join('\n'),
    );
    const sizes = (height: number, width: number) => () =>
      bindSymbols(narrow, { image: [1, height, width, 1] });
    expect(sizes(6, 5)()).toEqual({ N: 1, H: 6, W: 5 });
    expect(sizes(4, 5)).toThrow('H is 4, but narrow is defined for H = 2k from 6 on: 6 would do');
    expect(sizes(6, 4)).toThrow('W is 4, but narrow is defined for W from 5 on: 5 would do');
  });

  it('lists all that does not fit', () => {
    const both = () => bindSymbols(graph, { image: [2, 32, 1] });
    expect(both).toThrow('train wants an input mask');
    expect(both).toThrow('does not fit [N, H, 3]');
    expect(both).toThrow('28 or 44 would do');
  });
});
