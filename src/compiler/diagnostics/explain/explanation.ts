import type { Code } from '../codes.js';

/** What `netc explain CODE` tells of an error; `docs/errors.md` is made of the same pages. */
export interface Explanation {
  /** Why it is an error and what it would do to the network, in a few sentences for a newcomer. */
  readonly meaning: string;
  /** The shortest whole text that earns this code: a `.net` file, or an experiment for NET06xx. */
  readonly wrong: string;
  /** The same text put right: it earns no error, and not this warning. */
  readonly right: string;
  /** Other files that `wrong` and `right` import, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export type Explanations = Readonly<Partial<Record<Code, Explanation>>>;
