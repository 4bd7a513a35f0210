import fc from 'fast-check';
import { inject, it } from 'vitest';
import { requireAgreement } from './compare.js';
import { engines } from './engines.js';
import { randomNetwork } from './random-network.js';

const { seed, minutes } = inject('fuzz');

/** Each engine has its share of the time. A failure tells the seed and path, and the smallest graph found. */
it.each(engines)('networks drawn at random agree on $name', { timeout: 0 }, async ({ open }) => {
  let compared = 0;
  const agrees = fc.asyncProperty(randomNetwork, async (network) => {
    await requireAgreement(open, network);
    compared++;
  });
  const interruptAfterTimeLimit = (minutes * 60_000) / engines.length;
  await fc.assert(agrees, { seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit });
  console.log(`${compared} networks agree, seed ${seed}`);
});
