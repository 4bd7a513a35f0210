/** What may be asked to compute. */
export const engineKinds = ['auto', 'tensorflow', 'portable', 'reference'] as const;

export interface EngineOptions {
  /** `auto`: TensorFlow where it is set up, else the portable engine. */
  readonly kind: (typeof engineKinds)[number];
  readonly gpu: 'auto' | 'require' | 'never';
  /** TensorFlow's threads of one operation; null: as many as the machine has. */
  readonly threads: number | null;
}

/** Those of an experiment. */
export interface TrainingEngineOptions extends EngineOptions {
  /** Over how many devices the batch of a step is divided. */
  readonly devices: number;
}
