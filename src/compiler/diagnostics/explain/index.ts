import { applicationExplanations } from './application.js';
import { experimentExplanations } from './experiments.js';
import type { Explanations } from './explanation.js';
import { modelExplanations } from './models.js';
import { nameExplanations } from './names.js';
import { sizeExplanations } from './sizes.js';
import { textExplanations } from './text.js';
import { valueExplanations } from './values.js';
import { warningExplanations } from './warnings.js';

/** What is told of each mistake, by code. */
export const explanations: Explanations = {
  ...textExplanations,
  ...nameExplanations,
  ...valueExplanations,
  ...applicationExplanations,
  ...sizeExplanations,
  ...modelExplanations,
  ...experimentExplanations,
  ...warningExplanations,
};
