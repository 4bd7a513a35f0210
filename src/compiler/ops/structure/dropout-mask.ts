import type { Size } from '../../sizes/size.js';
import { type OpDefinition, ShapeError } from '../definition.js';
import { hash32, philox } from '../philox.js';
import { floatOf, sizeOf } from '../values.js';

export type DropoutMaskAttributes = {
  readonly rate: number;
  readonly path: string;
  readonly shape: readonly Size[];
};

/**
 * The draws are those of TensorFlow's StatelessRandomUniformV2 bit for bit, with `alg` 1 (Philox), the 64-bit key
 * `hash32(path) << 32 | seed` and the 128-bit counter `[0, step]`, low word first: block n of four elements is the
 * Philox block of the counter [n, 0, step, 0].
 */
export const dropoutMask: OpDefinition<2, DropoutMaskAttributes> = {
  name: 'dropoutMask',
  summary:
    '0 with the probability `rate`, else 1 / (1 - rate): drawn by Philox4x32-10 from path, seed and step (Salmon et al. 2011).',
  operands: ['seed', 'step'],
  attributes: { rate: 'number', path: 'string', shape: 'sizes' },
  infer(operands, { rate, shape }) {
    operands.forEach(({ dtype, shape: { length } }, i) => {
      if (dtype === 'int' && length === 0) return;
      throw new ShapeError({ kind: 'scalar', dtype: 'int' }, [i]);
    });
    if (!(rate >= 0 && rate < 1)) throw new ShapeError({ kind: 'rate', rate });
    return [floatOf(shape)];
  },
  cheap: true,
  evaluate([seed, step], { rate, path }, [shape]) {
    const key = [seed.data[0]! >>> 0, hash32(path)] as const;
    const words = philox(key, [step.data[0]! >>> 0, 0], sizeOf(shape));
    // The uniform number is a float32 and is compared with one.
    const threshold = Math.fround(rate);
    const kept = 1 / (1 - rate);
    return [
      { shape, data: Float64Array.from(words, (word) => (uniform(word) >= threshold ? kept : 0)) },
    ];
  },
  gradient: () => [null, null],
};

/** The float32 in [0, 1) of the low 23 bits: TensorFlow sets them as the mantissa of a number in [1, 2). */
const uniform = (word: number): number => (word & 0x7fffff) / 0x800000;
