import { expect, test } from 'vitest';
import { formatRandomProgram } from './graphs.js';

// A failure names its seed; `npm run fuzz:format` tries more.
const programs = 150;

test('random programs keep their words, comments and graphs, and are formatted once and for all', () => {
  const outcomes = Array.from({ length: programs }, (_, seed) => formatRandomProgram(seed));
  expect(outcomes.map(({ failure }) => failure).filter((failure) => failure !== null)).toEqual([]);
  const sum = (of: 'models' | 'graphs'): number => outcomes.reduce((n, each) => n + each[of], 0);
  expect(sum('graphs') / sum('models')).toBeGreaterThan(0.95);
});
