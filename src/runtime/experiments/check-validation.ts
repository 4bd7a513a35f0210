import type { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import type { Span } from '../../compiler/source/source.js';
import type { Path } from '../yaml/source.js';
import type { Experiment } from './experiment.js';

/** What waits for a validation to get better needs validations. */
export function checkValidation(
  { validation, schedule }: Experiment,
  spanOf: (path: Path, part: 'key' | 'value') => Span,
  diagnostics: Diagnostics,
): void {
  if (validation.every !== null) return;
  const suggestion = { message: 'say how often, as in `validation: {every: 500}`' };
  const object = (path: Path, part: 'key' | 'value', message: string): void =>
    diagnostics.report('NET0605', { message, span: spanOf(path, part), suggestion });
  if (validation.patience !== null) {
    object(['validation', 'patience'], 'key', 'patience waits for validations, and there are none');
  }
  if (schedule.kind === 'plateau') {
    object(['schedule', 'kind'], 'value', 'a plateau is one of validations, and there are none');
  }
}
