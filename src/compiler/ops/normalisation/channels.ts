import { printShape, printSize, type Shape, sameShape } from '../../sizes/size.js';
import { ShapeError } from '../definition.js';
import { fourOf, sizeOf, type Tensor } from '../values.js';

/** Refuses what is not one number a channel of x. `first` is the index of the first of `vectors` as an operand. */
export function wantPerChannel(x: Shape, vectors: readonly Shape[], first: number): void {
  vectors.forEach((shape, i) => {
    if (sameShape(shape, [x[3]!])) return;
    const facts = { channels: printSize(x[3]!), shape: printShape(shape) };
    throw new ShapeError({ kind: 'perChannel', ...facts }, [first + i]);
  });
}

/** The sum over batch, height and width of `term`, one a channel. */
export function sumPerChannel(
  { shape, data }: Tensor,
  term: (element: number, channel: number) => number,
): Float64Array {
  const [, , , channels] = fourOf(shape);
  const sums = new Float64Array(channels);
  for (let i = 0; i < data.length; i++) sums[i % channels]! += term(i, i % channels);
  return sums;
}

/** How many elements of x each channel has: N H W. */
export const elementsPerChannel = ({ shape }: Tensor): number => sizeOf(shape.slice(0, 3));

/** scale (x - mean) / sqrt(variance + epsilon) + shift, channel by channel. */
export function normalised(
  x: Tensor,
  scale: Float64Array,
  shift: Float64Array,
  mean: Float64Array,
  variance: Float64Array,
  epsilon: number,
): Tensor {
  const channels = scale.length;
  const data = x.data.map((value, i) => {
    const c = i % channels;
    return (scale[c]! * (value - mean[c]!)) / Math.sqrt(variance[c]! + epsilon) + shift[c]!;
  });
  return { shape: x.shape, data };
}
