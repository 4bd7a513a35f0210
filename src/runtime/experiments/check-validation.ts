import type { Experiment } from './experiment.js';
import type { LoadedExperiment } from './load-experiment.js';

/** What waits for a validation to get better needs validations. */
export function checkValidation(
  { validation, schedule }: Experiment,
  misfit: LoadedExperiment['misfit'],
): void {
  if (validation.every !== null) return;
  if (validation.patience !== null)
    misfit(['validation', 'patience'], { kind: 'noValidations', of: 'patience' }, 'key');
  if (schedule.kind === 'plateau')
    misfit(['schedule', 'kind'], { kind: 'noValidations', of: 'plateau' });
}
