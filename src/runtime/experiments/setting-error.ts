import type { FactsOf } from '../../compiler/diagnostics/codes.js';
import type { Path } from '../yaml/source.js';

/** What is known of a setting that does not fit. */
export type SettingFacts = FactsOf<'NET0605'>;

/** A setting of the experiment that does not fit the network. */
export class SettingError extends Error {
  constructor(
    readonly facts: SettingFacts,
    readonly path: Path,
    readonly part: 'key' | 'value' = 'value',
  ) {
    super(`${path.join('.')} does not fit`);
  }
}
