import type { Seen } from '../diagnostics/messages/seen.js';
import type { Span } from '../source/source.js';
import { isPascal } from '../syntax/build/names.js';
import type { Callee } from '../values/callable.js';

/** What the text alone says of an expression. */
export interface Known {
  /** As the values of the expansion have it, but for tensors and what only an argument or a condition decides. */
  readonly kind:
    | 'unknown'
    | 'block'
    | 'instance'
    | 'function'
    | 'number'
    | 'string'
    | 'boolean'
    | 'list';
  readonly seen: Seen;
  /** Of a block that the text names: what takes its arguments. */
  readonly callee?: Callee;
  /** The parameters that have their arguments. */
  readonly given?: ReadonlyMap<string, Span>;
}

export const unknown: Known = { kind: 'unknown', seen: { kind: 'value' } };

/** A name whose value is not known yet; its case tells whether it is a block. */
export const plain = (name: string): Known =>
  isPascal(name) ? { kind: 'block', seen: { kind: 'block', name } } : unknown;

/** Whether a name may stand for what is of this kind: capital letters are for blocks (names-1). */
export const fitsCase = (name: string, { kind }: Pick<Known, 'kind'>): boolean =>
  kind === 'unknown' || (kind === 'block') === isPascal(name);
