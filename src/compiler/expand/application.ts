import type { Value as GraphValue } from '../ir/graph.js';
import type { Origin } from '../source/origin.js';
import type { BlockDefinition } from '../syntax/ast.js';
import type { Result, Value } from '../values/value.js';

/**
 * One application as it was expanded, with those inside it: the tree that counts, goldens and drawings fold by.
 * A step of a loop is one too; it has no block of its own and the segment `state[0]`.
 */
export interface Application {
  /** Its last path segment; an operation's by the same rule, though it owns no path. */
  readonly segment: string;
  readonly block: string | null;
  /** Arguments as resolved; of a built-in only those that differ from its defaults. */
  readonly configuration: (readonly [string, Value])[];
  readonly origin: Origin | null;
  /** The block's text; null for the model, a built-in or a step of a loop. */
  readonly definition: BlockDefinition | null;
  readonly results: GraphValue[];
  /** What the text has a name for in it, lines of `let` and instances with their segments, in the order of the evaluation. */
  readonly named: (readonly [string, Result])[];
  readonly children: Application[];
}

export const application = (
  segment: string,
  block: string | null,
  origin: Origin | null,
  definition: BlockDefinition | null = null,
): Application => ({
  segment,
  block,
  configuration: [],
  origin,
  definition,
  results: [],
  named: [],
  children: [],
});
