import { describe, expect, test } from 'vitest';
import { brokenMutants } from './mutants.js';

// `npm run fuzz:mutations` sets these for more mutants than a run of all tests has time for.
const runs = Number(process.env.MUTANTS ?? 300);
const seed = Number(process.env.MUTANTS_SEED ?? 1);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe(`one token changed in the shipped models, ${runs} times from seed ${seed}`, () => {
  const broken = brokenMutants(runs, seed);
  const misses = broken.filter(({ hit }) => !hit);
  const cascades = broken.filter(({ errors }) => errors.length > 1);
  if (process.env.MUTANTS) {
    for (const { report } of misses) console.log(`missed\n${report}`);
    for (const { report } of cascades) console.log(`more than one\n${report}`);
  }

  test('nearly every change is an error', () => {
    expect(broken.length / runs).toBeGreaterThan(0.9);
  });

  test('the first error is in the changed line', () => {
    const share = 1 - misses.length / broken.length;
    console.log(`${(100 * share).toFixed(1)} % of ${broken.length} are found in their line`);
    expect(share, misses.map(({ report }) => report).join('\n')).toBeGreaterThan(0.95);
  });

  test('one change is one error, but for few', () => {
    const errors = mean(broken.map((mutant) => mutant.errors.length));
    console.log(`${errors.toFixed(3)} errors for one change`);
    expect(errors, cascades.map(({ report }) => report).join('\n')).toBeLessThan(1.1);
  });
});
