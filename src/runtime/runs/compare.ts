import type { Experiment } from '../experiments/experiment.js';

/** A key of an experiment whose value is another. */
export interface Difference {
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

/** Where things lie, who computes, what is written down, what is done where numbers fail. */
const free = [
  /^model\.path$/,
  /^output$/,
  /^engine\./,
  /^data\.(root|cache)$/,
  /^checkpoint\./,
  /^logs\./,
  /^validation\.pictures$/,
  /^onNan$/,
  /^evaluation\.(batch|baselines)$/,
];

const differing = (
  before: Experiment,
  after: Experiment,
  ignored: readonly RegExp[],
): Difference[] => {
  const [a, b] = [leavesOf(before), leavesOf(after)];
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return keys
    .filter((key) => a.get(key) !== b.get(key) && !ignored.some((pattern) => pattern.test(key)))
    .map((key) => ({ key, before: a.get(key) ?? 'absent', after: b.get(key) ?? 'absent' }));
};

/** The keys whose values make one training another, in order; how its end is scored is none of them. */
export const differencesOf = (before: Experiment, after: Experiment): Difference[] =>
  differing(before, after, [...free, /^evaluation\.(threshold|postprocess)$/]);

/** The keys whose values make scores of one network others, in order. */
export const scoringDifferencesOf = (before: Experiment, after: Experiment): Difference[] =>
  differing(before, after, free);

/** Every value by its path; lists are values. */
function leavesOf(value: unknown, path = '', leaves = new Map<string, string>()) {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, part] of Object.entries(value)) {
      leavesOf(part, path === '' ? key : `${path}.${key}`, leaves);
    }
  } else leaves.set(path, JSON.stringify(value));
  return leaves;
}
