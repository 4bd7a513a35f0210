import type { OpCase } from './case.js';
import { convolutionCases } from './convolution.js';
import { elementwiseCases } from './elementwise.js';
import { lossCases } from './loss.js';
import { normalisationCases } from './normalisation.js';
import { optimiserCases } from './optimiser.js';
import { poolingCases } from './pooling.js';
import { reductionCases } from './reduction.js';
import { resizingCases } from './resizing.js';
import { structureCases } from './structure.js';

/** At least one of every operation; a test fails where one is missing. */
export const cases: readonly OpCase[] = [
  ...convolutionCases,
  ...elementwiseCases,
  ...lossCases,
  ...normalisationCases,
  ...optimiserCases,
  ...poolingCases,
  ...reductionCases,
  ...resizingCases,
  ...structureCases,
];
