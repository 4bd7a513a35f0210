import type { Rule } from './rewrite.js';

/** Each has a before and an after under test/compiler/passes/rules. */
export const rules: readonly Rule[] = [
  {
    name: 'add-zero',
    from: [
      ['add', 'x', 0],
      ['add', 0, 'x'],
    ],
    to: 'x',
  },
  { name: 'subtract-zero', from: [['sub', 'x', 0]], to: 'x' },
  { name: 'subtract-from-zero', from: [['sub', 0, 'x']], to: ['neg', 'x'] },
  {
    name: 'multiply-by-one',
    from: [
      ['mul', 'x', 1],
      ['mul', 1, 'x'],
    ],
    to: 'x',
  },
  { name: 'divide-by-one', from: [['div', 'x', 1]], to: 'x' },
  { name: 'negate-twice', from: [['neg', ['neg', 'x']]], to: 'x' },
  { name: 'relu-twice', from: [['relu', ['relu', 'x']]], to: ['relu', 'x'] },
  { name: 'reshape-to-same', from: [['reshape', 'x']], to: 'x' },
  { name: 'reshape-twice', from: [['reshape', ['reshape', 'x']]], to: ['reshape', 'x'] },
  { name: 'broadcast-to-same', from: [['broadcastTo', 'x']], to: 'x' },
  {
    name: 'spread-in-sum',
    from: [
      ['add', ['broadcastTo', 'x'], 'y'],
      ['add', 'y', ['broadcastTo', 'x']],
    ],
    to: ['add', 'x', 'y'],
  },
  {
    name: 'spread-in-product',
    from: [
      ['mul', ['broadcastTo', 'x'], 'y'],
      ['mul', 'y', ['broadcastTo', 'x']],
    ],
    to: ['mul', 'x', 'y'],
  },
  { name: 'slice-of-all', from: [['slice', 'x']], to: 'x' },
  { name: 'pad-by-none', from: [['pad', 'x']], to: 'x' },
  { name: 'concat-of-one', from: [['concat', 'x']], to: 'x' },
];
