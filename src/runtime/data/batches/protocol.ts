import type { Batch } from '../patches.js';

/** A step whose batch is wanted, or the end. */
export type Request = { readonly step: number } | { readonly close: true };

export type Reply =
  | { readonly step: number; readonly batch: Batch }
  | { readonly step: number; readonly problem: Problem };

/** An error on its way to the other thread, which knows no classes of this one. */
export interface Problem {
  /** What is wrong with what was given, where that is at fault. */
  readonly input: readonly string[] | null;
  readonly message: string;
}

/** What moves with a batch, so that it is not copied. */
export const buffersOf = ({ image, target, weight }: Batch): ArrayBuffer[] =>
  [image, target, weight].map(({ buffer }) => buffer as ArrayBuffer);
