import type { Path } from '../yaml/source.js';

/** A setting of the experiment that does not fit the network. */
export class SettingError extends Error {
  constructor(
    message: string,
    readonly path: Path,
    /** What would do. */
    readonly way: string,
    readonly part: 'key' | 'value' = 'value',
  ) {
    super(message);
  }
}
