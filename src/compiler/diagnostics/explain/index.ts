import type { Code } from '../codes.js';
import { applicationExplanations } from './application.js';
import { experimentExplanations } from './experiments.js';
import type { Explanation } from './explanation.js';
import { modelExplanations } from './models.js';
import { nameExplanations } from './names.js';
import { sizeExplanations } from './sizes.js';
import { sizeCheckExplanations } from './sizes-check.js';
import { textExplanations } from './text.js';
import { valueExplanations } from './values.js';
import { warningExplanations } from './warnings.js';

/** What is told of each error, by code. */
export const explanations = {
  ...textExplanations,
  ...nameExplanations,
  ...valueExplanations,
  ...applicationExplanations,
  ...sizeExplanations,
  ...sizeCheckExplanations,
  ...modelExplanations,
  ...experimentExplanations,
  ...warningExplanations,
} satisfies Readonly<Record<Code, Explanation>>;
