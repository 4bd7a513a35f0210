/** What training computes in: `mixed` is float32 but for the convolutions, which are in bfloat16. */
export const precisions = ['float32', 'mixed'] as const;

export type Precision = (typeof precisions)[number];
