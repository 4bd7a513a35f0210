import { expect, it } from 'vitest';
import type { StoredTensors } from '../../../src/runtime/weights/fit.js';
import type { WeightMap } from '../../../src/runtime/weights/map.js';
import { withoutPrefix } from '../../../src/runtime/weights/prefixes.js';

const map = { pairs: [{ theirs: ['conv.weight'] }] } as unknown as WeightMap;
const tensors = (...names: string[]): StoredTensors =>
  new Map(names.map((name, i) => [name, { shape: [1], data: Float32Array.of(i) }])) as never;

it('a prefix before all names is left out', () => {
  const { tensors: own, notes } = withoutPrefix(map, tensors('module.conv.weight', 'module.x'));
  expect([...own.keys()]).toEqual(['conv.weight', 'x']);
  expect(notes).toHaveLength(1);
});

it('a prefix that tells two tensors apart stays', () => {
  const both = tensors('module.conv.bias', 'conv.bias');
  expect(withoutPrefix(map, both)).toEqual({ tensors: both, notes: [] });
});
