import { averagedPath, averagePath } from '../../compiler/gradient/average.js';

/**
 * `state` with the moving averages in the place of the weights, for validation and scoring; as it is where none are
 * kept or no step has been taken. Batch norm's moments stay: they are averages already.
 */
export function averagedState<T extends { readonly data: ArrayLike<number | bigint> }>(
  state: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const seen = state[averagedPath];
  if (seen === undefined || Number(seen.data[0]) === 0) return state;
  return Object.fromEntries(
    Object.entries(state).map(([path, value]) => [path, state[averagePath(path)] ?? value]),
  );
}
