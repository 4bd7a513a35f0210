/** How the learning rate goes over the steps of a run. */
export type Schedule = { readonly warmup: number } & (
  | { readonly kind: 'constant' }
  | { readonly kind: 'cosine'; readonly floor: number }
  | {
      readonly kind: 'step';
      readonly at: readonly number[];
      readonly unit: 'epochs' | 'steps';
      readonly factor: number;
    }
  | {
      readonly kind: 'plateau';
      readonly factor: number;
      readonly patience: number;
      readonly floor: number;
    }
);

/** What validation may go by; more is written down. */
export const validationMetrics = ['f1', 'jaccard', 'rocAuc', 'prAuc', 'ac', 'loss'] as const;

export type ValidationMetric = (typeof validationMetrics)[number];

export interface ValidationOptions {
  /** Steps between two validations; null: there is none. */
  readonly every: number | null;
  /** Of the loss, and of the scores where no images are kept for validation. */
  readonly patches: number;
  readonly metric: ValidationMetric;
  /** Validations in a row without a better one after which training ends; null: it does not. */
  readonly patience: number | null;
  readonly threshold: number;
  /** Of how many validation images, the first ones, the map is kept at each validation; none where there are several classes. */
  readonly pictures: number;
}

/** `stop` ends training with an error; `skip` leaves the network as it was before the step, and goes on. */
export const nanPolicies = ['stop', 'skip'] as const;

export type NanPolicy = (typeof nanPolicies)[number];
