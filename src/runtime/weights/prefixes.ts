import type { StoredTensors } from './fit.js';
import type { WeightMap } from './map.js';

/** What wrappers of modules put before every name: DataParallel, torch.compile, Lightning and scripts of their kind. */
const prefixes = ['module.', '_orig_mod.', 'net.', 'model.', 'network.', 'backbone.', 'encoder.'];

/** Tensors under the names that a map knows, and what was taken off them: a line, or none. */
export interface Unwrapped {
  readonly tensors: StoredTensors;
  readonly notes: readonly string[];
}

/** The tensors without what stands before every name that `map` knows; as they are where it knows them so. */
export function withoutPrefix(map: WeightMap, tensors: StoredTensors): Unwrapped {
  const known = new Set(map.pairs.flatMap(({ theirs }) => theirs));
  const isKnown = (name: string): boolean => known.has(name);
  let [now, taken] = [tensors, ''];
  // Wrappers in wrappers: DataParallel of a compiled module.
  for (let depth = 0; depth < 3 && ![...now.keys()].some(isKnown); depth++) {
    const prefix = prefixes.find((one) => [...now.keys()].some((name) => name.startsWith(one)));
    if (prefix === undefined) return { tensors, notes: [] };
    taken += prefix;
    const without = new Map(
      [...now].map(([name, tensor]) => [
        name.startsWith(prefix) ? name.slice(prefix.length) : name,
        tensor,
      ]),
    );
    // Two tensors would have one name: then the prefix tells them apart, and names stay.
    if (without.size < now.size) return { tensors, notes: [] };
    now = without;
  }
  if (taken === '' || ![...now.keys()].some(isKnown)) return { tensors, notes: [] };
  // What a moving average of weights keeps beside the module.
  const own = new Map([...now].filter(([name]) => name !== 'n_averaged'));
  return { tensors: own, notes: [`${taken} before the names of its tensors is left out`] };
}
