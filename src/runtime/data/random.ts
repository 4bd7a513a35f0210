import { writeBlock } from '../../compiler/ops/philox.js';

/**
 * Random numbers that depend on their key alone: the same key gives the same sequence on every
 * machine.
 */
export interface Random {
  /** In [0, 1). */
  uniform(): number;
  between(low: number, high: number): number;
  /** A whole number in [0, n). */
  below(n: number): number;
  /** Mean 0, standard deviation 1 (Box and Muller). */
  normal(): number;
}

/**
 * A sequence keyed by `seed`, a `purpose` that keeps uses apart, and up to two whole numbers such
 * as step and position in the batch.
 */
export function randomOf(seed: number, purpose: number, a = 0, b = 0): Random {
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0] as const;
  const words = new Uint32Array(4);
  let drawn = 0;
  const uniform = (): number => {
    if (drawn % 4 === 0) writeBlock([drawn / 4, a >>> 0, b >>> 0, purpose], key, words, 0);
    return words[drawn++ % 4]! / 2 ** 32;
  };
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below: (n) => Math.floor(uniform() * n),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** The purposes: numbers that never mean something else, since runs repeat by them. */
export const purposes = {
  patches: 1,
  retina: 2,
  vessels: 3,
  bending: 4,
  colouring: 5,
  split: 20,
  lesion: 21,
  lung: 22,
  bootstrap: 40,
} as const;
