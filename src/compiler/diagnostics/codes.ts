import { application } from './messages/application.js';
import { argumentsOfBlocks } from './messages/arguments.js';
import type { FirstOf } from './messages/entry.js';
import { experiments } from './messages/experiments.js';
import { kinds } from './messages/kinds.js';
import { limits } from './messages/limits.js';
import { models } from './messages/models.js';
import { names } from './messages/names.js';
import { shapes } from './messages/shapes.js';
import { syntax } from './messages/syntax.js';
import { text } from './messages/text.js';
import { values } from './messages/values.js';
import { warnings } from './messages/warnings.js';

/**
 * Every diagnostic netc can give: its title, whether it is an error or a warning, and the words for its facts. A code is
 * stable: it is never given to another diagnostic.
 * 00xx text and syntax, 01xx names, 02xx configuration and values, 03xx application and instances,
 * 04xx shapes and sizes, 05xx models and variants, 06xx the experiment's side, 09xx warnings.
 */
export const codes = {
  ...text,
  ...syntax,
  ...names,
  ...argumentsOfBlocks,
  ...values,
  ...kinds,
  ...application,
  ...limits,
  ...shapes,
  ...models,
  ...experiments,
  ...warnings,
};

export type Code = keyof typeof codes;

/** What is known of a diagnostic of this code. */
export type FactsOf<C extends Code> = FirstOf<(typeof codes)[C]['write']>;
