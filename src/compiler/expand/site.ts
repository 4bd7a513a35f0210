import { textOf } from '../source/source.js';
import type { Expression, Stage } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import type { BlockValue, Value } from '../values/value.js';
import type { Frame } from './expansion.js';

/** One application: what is applied, to what, and where in the text and in the paths it stands. */
export interface Site {
  readonly block: BlockValue;
  readonly inputs: readonly Value[];
  /** What stands left of the arrow. */
  readonly from: Expression;
  readonly segment: string;
  readonly path: string;
  readonly stage: Stage;
  readonly frame: Frame;
}

/** Where an argument is missing; a shared instance has its arguments where it is shared. */
export const missingIn = ({ name, args }: Stage, { callable: { name: callee } }: BlockValue) =>
  ({
    kind: 'block',
    callee,
    applied: name.text,
    given: (args ?? []).map(({ span }) => textOf(span)),
    isShared: isPascal(callee) && !isPascal(name.text),
  }) as const;
