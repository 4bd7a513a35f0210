import type { Span } from './source.js';

/**
 * How a node came about: the application that made it and, through `parent`, the applications around it.
 * Errors print the chain ("in RecurrentConv, from R2CL, line 12, from UShape, line 31 at depth 2"),
 * counts are summed over it, and drawings fold by it.
 */
export interface Origin {
  /** The applied block or operation, by the name it was defined with. */
  readonly block: string;
  /** The instance's path, `UShape/R2CL/project`; an operation has the path of the instance around it. */
  readonly path: string;
  /** The application in the text. */
  readonly site: Span;
  /** How many applications of the same block enclose this one: the depth of a recursion. */
  readonly depth: number;
  readonly parent: Origin | null;
}
