import type { ValidationMetric } from '../experiments/options/training.js';

/** What validations have come to: plain data, kept with the checkpoint. */
export interface Course {
  /** The first of the best validations; null before one gave a number. */
  readonly best: { readonly step: number; readonly value: number } | null;
  /** The step of the last validation; 0 before the first. */
  readonly validated: number;
  /** Validations in a row since the best. */
  readonly waited: number;
  /** How often a plateau has made the learning rate fall, and validations since the best or the last fall. */
  readonly falls: number;
  readonly level: number;
}

export const start: Course = { best: null, validated: 0, waited: 0, falls: 0, level: 0 };

const isBetter = (metric: ValidationMetric, value: number, than: number): boolean =>
  metric === 'loss' ? value < than : value > than;

/**
 * The course after one more validation.
 * @param value of the metric that counts; null, or no number, is never better
 * @param patience how many validations without a better one are a plateau; null: none are
 */
export function followed(
  course: Course,
  metric: ValidationMetric,
  { step, value }: { readonly step: number; readonly value: number | null },
  patience: number | null,
): Course {
  const { best, waited, falls, level } = course;
  const counts = value !== null && Number.isFinite(value);
  if (counts && (best === null || isBetter(metric, value, best.value))) {
    return { best: { step, value }, validated: step, waited: 0, falls, level: 0 };
  }
  const fell = patience !== null && level + 1 >= patience;
  return {
    best,
    validated: step,
    waited: waited + 1,
    falls: fell ? falls + 1 : falls,
    level: fell ? 0 : level + 1,
  };
}
