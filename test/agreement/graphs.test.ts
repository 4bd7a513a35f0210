import fc from 'fast-check';
import { describe, it } from 'vitest';
import { requireAgreement } from './compare.js';
import { engines } from './engines.js';
import { randomNetwork } from './random-network.js';

/** As many as take seconds; `npm run fuzz:graphs` draws others for as long as it is given. */
const drawn = { seed: 20, numRuns: 20 };

describe.each(engines)('networks drawn at random on $name', ({ open, describe: withEngine }) => {
  withEngine('agree with the float64 reference, optimised or not', () => {
    it('in every operation and, where they are smooth, as a whole', async () => {
      const agrees = fc.asyncProperty(randomNetwork, (network) => requireAgreement(open, network));
      await fc.assert(agrees, drawn);
    });
  });
});
