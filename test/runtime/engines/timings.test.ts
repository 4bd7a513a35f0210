import { expect, test } from 'vitest';
import { ofFasterHalf } from '../../../src/runtime/engines/timings.js';

test('slow calls do not count, and what is measured apart is of the same calls', () => {
  const call = (whole: number, ...nodes: number[]) => ({
    whole,
    apart: nodes.reduce((a, b) => a + b, 1),
    nodes,
    assignments: 1,
  });
  const timings = [call(90, 1, 3), call(4, 3, 1), call(6, 9, 9), call(80, 1, 50)];
  expect(ofFasterHalf(timings)).toEqual({ whole: 5, apart: 5, nodes: [2, 2], assignments: 1 });
});
