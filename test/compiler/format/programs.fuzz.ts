import { expect, inject, test } from 'vitest';
import { formatRandomProgram } from './graphs.js';

const { seed, programs } = inject('formatFuzz');

test(`${programs} random programs from seed ${seed} on`, { timeout: 0 }, () => {
  const failures: string[] = [];
  let models = 0;
  let graphs = 0;
  for (let i = 0; i < programs; i++) {
    const outcome = formatRandomProgram(seed + i);
    if (outcome.failure !== null) failures.push(outcome.failure);
    models += outcome.models;
    graphs += outcome.graphs;
  }
  console.log(
    `${programs} programs, ${models} models, ${graphs} graphs, ${failures.length} failures`,
  );
  expect(failures).toEqual([]);
});
