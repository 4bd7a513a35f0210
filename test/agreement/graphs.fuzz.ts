import fc from 'fast-check';
import { describe, inject, it } from 'vitest';
import { requireAgreement } from './compare.js';
import { engines } from './engines.js';
import { randomNetwork } from './random-network.js';

const { seed, minutes, networks: numRuns } = inject('fuzz');

/** Each engine has its share of the time. A failure tells the seed and path, and the smallest graph found. */
const interruptAfterTimeLimit = (minutes * 60_000) / engines.length;

describe.each(engines)('networks drawn at random on $name', ({ open, describe: withEngine }) => {
  withEngine('agree with the float64 reference', () => {
    it(`drawn from seed ${seed}`, { timeout: 0 }, async () => {
      let compared = 0;
      const agrees = fc.asyncProperty(randomNetwork, async (network) => {
        await requireAgreement(open, network);
        compared++;
      });
      await fc.assert(agrees, { seed, numRuns, interruptAfterTimeLimit });
      console.log(`${compared} networks agree, seed ${seed}`);
    });
  });
});
