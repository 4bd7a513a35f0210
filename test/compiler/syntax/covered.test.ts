import { expect, test } from 'vitest';
import { Covered } from '../../../src/compiler/syntax/covered.js';
import { overlap, spanAt } from '../../../src/compiler/syntax/parse-error.js';
import { uniform } from '../ops/cases/case.js';

const file = { path: 'main.net', text: '' };

test('says of each span whether one of those added overlaps it, as if each were asked', () => {
  const next = uniform(1);
  const draw = () => {
    const start = Math.floor(next() * 60);
    return spanAt(file, start, start + Math.floor(next() * 6));
  };
  for (let round = 0; round < 200; round++) {
    const added = Array.from({ length: Math.floor(next() * 12) }, draw);
    const covered = new Covered(added);
    for (let i = 0; i < 60; i++) {
      const asked = draw();
      const expected = added.some((each) => overlap(each, asked));
      expect(covered.overlaps(asked), JSON.stringify({ added, asked })).toBe(expected);
    }
  }
});
