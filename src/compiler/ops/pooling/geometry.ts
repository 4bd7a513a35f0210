import type { Extents, Shape } from '../../sizes/size.js';
import { wantImage } from '../checks.js';
import { type Demand, ShapeError } from '../definition.js';
import { fourOf, sizeOf } from '../values.js';
import { forEachTap, positionsOf, type Windows, windowsOf } from '../window.js';

/** `window` and `strides` are `[height, width]`. */
export type PoolAttributes = {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  /** `floor` is `valid` for any size: rows and columns at the end that no whole stride reaches are left out. */
  readonly padding: 'same' | 'valid' | 'floor';
};

export const poolAttributes = { window: 'numbers', strides: 'numbers', padding: 'string' } as const;

const windowsOfPool = ({ window, strides, padding }: PoolAttributes): Windows =>
  windowsOf(window, strides, [1, 1], padding);

/** The shape of a pooled `x`: `[N, H', W', C]`. */
export function poolShape(x: Shape, attributes: PoolAttributes, demand: Demand): Shape {
  wantImage(x, 0);
  if (!['same', 'valid', 'floor'].includes(attributes.padding)) {
    throw new ShapeError({ kind: 'poolPadding', padding: attributes.padding });
  }
  const [vertical, horizontal] = windowsOfPool(attributes);
  const [batch, height, width, channels] = x;
  return [
    batch,
    positionsOf(height, vertical, demand),
    positionsOf(width, horizontal, demand),
    channels,
  ];
}

/** Visits the elements under each window, `x` of the input and `y` of the output; padding is left out. */
export function forEachPooled(
  input: Extents,
  output: Extents,
  attributes: PoolAttributes,
  visit: (x: number, y: number) => void,
): void {
  const [, , , channels] = fourOf(input);
  forEachTap(input, output, windowsOfPool(attributes), (inputPixel, _, outputPixel) => {
    for (let c = 0; c < channels; c++) visit(inputPixel * channels + c, outputPixel * channels + c);
  });
}

/** How many elements each window covers, padding not counted; one number an element of the output. */
export function countsOf(input: Extents, output: Extents, attributes: PoolAttributes): Int32Array {
  const counts = new Int32Array(sizeOf(output));
  forEachPooled(input, output, attributes, (_, y) => {
    counts[y]!++;
  });
  return counts;
}
