import type { Graph } from '../../compiler/ir/graph.js';
import type { Frozen } from '../../compiler/passes/mode.js';
import { SettingError } from '../experiments/setting-error.js';
import { matcherOf, straysOf } from './patterns.js';

/**
 * Which weights and moments of the model the patterns of `freeze` mean. Throws `SettingError` on a pattern that means none, where
 * nothing is left to train, and where one of a batch norm's two moments is frozen and the other is not.
 */
export function frozenIn({ name, variables }: Graph, freeze: readonly string[]): Frozen {
  const paths = variables.map(({ path }) => path);
  for (const { index, pattern, guess } of straysOf(freeze, paths)) {
    const facts = { model: name, pattern, meant: guess ?? null };
    throw new SettingError({ kind: 'frozenPath', ...facts }, ['freeze', index]);
  }
  const isFrozen = matcherOf(freeze);
  if (variables.every(({ kind, path }) => kind !== 'weight' || isFrozen(path))) {
    throw new SettingError({ kind: 'frozenAll', model: name }, ['freeze']);
  }
  for (const { kind, path } of variables) {
    const other = path.replace(/\/mean$/, '/variance');
    if (kind !== 'moment' || other === path || isFrozen(path) === isFrozen(other)) continue;
    const [frozen, free] = isFrozen(path) ? [path, other] : [other, path];
    throw new SettingError({ kind: 'frozenStatistic', frozen, free }, ['freeze']);
  }
  return isFrozen;
}
