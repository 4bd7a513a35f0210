import type { Extents, Shape } from '../../sizes/size.js';
import { wantImage, wantSameSizes, wantShape } from '../checks.js';
import { ShapeError } from '../definition.js';
import { sizeOf, type TensorType } from '../values.js';

/**
 * Refuses values and switches that do not belong together, or to an image of the shape `image`. A switch is a position
 * inside the plane of one image: `(h * W + w) * C + c`, as of TensorFlow's MaxPoolWithArgmax without the batch.
 */
export function wantSwitches(values: Shape, switches: TensorType, image: Shape): void {
  wantImage(image, 0);
  wantImage(values, 0);
  const { dtype } = switches;
  if (dtype !== 'int') throw new ShapeError({ kind: 'dtype', dtype, wanted: 'int' }, [1]);
  wantShape(switches.shape, values, 'switches', 1);
  wantSameSizes(values, image, [0, 3], [0]);
}

/** Visits each switch, `place` in the data of an image of the shape `image`. */
export function forEachSwitch(
  switches: { readonly shape: Extents; readonly data: Float64Array },
  image: Extents,
  visit: (place: number, index: number) => void,
): void {
  const plane = sizeOf(image.slice(1));
  const each = sizeOf(switches.shape.slice(1));
  switches.data.forEach((position, i) => {
    visit(Math.floor(i / each) * plane + position, i);
  });
}
