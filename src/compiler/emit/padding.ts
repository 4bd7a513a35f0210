import type { Padding } from '../ops/window.js';
import { fixedValue, plus, type Shape, type Size, sumOf, times } from '../sizes/size.js';
import { ExportError } from './export-error.js';

export interface Sliding {
  readonly taps: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: Padding | 'floor';
}

/** Elements of padding along one axis; `after` is negative where elements at the end are in no window. */
export interface AxisPadding {
  readonly before: number;
  readonly after: number;
}

function along(large: Size, small: Size, span: number, stride: number, padding: Padding) {
  const covered = plus(times(small, stride), span - stride);
  const difference = sumOf(covered, times(large, -1));
  const total = difference && fixedValue(difference);
  // What a strided window demands of a size makes it so (sizes-2).
  if (total === undefined) throw new ExportError('the padding depends on the size of the image');
  const before =
    padding === 'same'
      ? Math.floor(Math.max(total, 0) / 2)
      : padding === 'torch'
        ? (span - 1) / 2
        : 0;
  return { before, after: total - before };
}

/**
 * The padding in height and width with which windows over `large` have the positions of `small`, both NHWC. It is a
 * number also for images of any size.
 */
export const paddingOf = (
  large: Shape,
  small: Shape,
  { taps, strides, dilations, padding }: Sliding,
): readonly [AxisPadding, AxisPadding] => {
  const of = (axis: number): AxisPadding => {
    if (padding === 'floor') return { before: 0, after: 0 };
    const span = dilations[axis]! * (taps[axis]! - 1) + 1;
    return along(large[axis + 1]!, small[axis + 1]!, span, strides[axis]!, padding);
  };
  return [of(0), of(1)];
};
