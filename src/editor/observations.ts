import type { Observe } from '../compiler/expand/expansion.js';
import type { Span } from '../compiler/source/source.js';
import type { Result } from '../compiler/values/value.js';

/** A value that a place in the text had. */
export interface Observation {
  readonly value: Result;
  /** The path of the instance; empty in the model itself. */
  readonly path: string;
}

/** How many values of one place are kept: enough for a reader, whatever the size of the network. */
const kept = 12;

/** What places in the texts were worth while models were expanded, in the order of the evaluation. */
export class Observations {
  readonly #seen = new Map<string, Observation[]>();

  readonly observe: Observe = ({ file, start, end }, value, { path }) => {
    if (value.kind === 'poison') return;
    const key = `${file.path}:${start}:${end}`;
    const seen = this.#seen.get(key);
    if (!seen) this.#seen.set(key, [{ value, path }]);
    else if (seen.length < kept) seen.push({ value, path });
  };

  at({ file, start, end }: Span): readonly Observation[] {
    return this.#seen.get(`${file.path}:${start}:${end}`) ?? [];
  }
}
