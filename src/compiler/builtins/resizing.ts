import type { Value as GraphValue } from '../ir/graph.js';
import { ShapeError } from '../ops/definition.js';
import { resizeBilinear } from '../ops/resizing/resize-bilinear.js';
import { resizeNearest } from '../ops/resizing/resize-nearest.js';
import { pad } from '../ops/structure/pad.js';
import { slice } from '../ops/structure/slice.js';
import { fixedValue, printSize, type Size, sumOf, times } from '../sizes/size.js';
import { type Builder, operation } from '../values/builtin.js';
import { choice, pair, real } from '../values/parameters.js';
import { channelsOf } from './conv.js';

const mode = choice(['nearest', 'bilinear'], 'nearest');

function resized(
  b: Builder,
  x: GraphValue,
  [height, width]: readonly [Size, Size],
  how: 'nearest' | 'bilinear',
): GraphValue {
  channelsOf(x);
  const [batch, , , channels] = x.type.shape;
  const shape = [batch!, height, width, channels!];
  return b.apply(how === 'nearest' ? resizeNearest : resizeBilinear, [x], { shape })[0];
}

/** Where a crop of `size` begins in the middle of `whole`; the odd pixel is left after it. */
function margin(whole: Size, size: Size, axis: string): number {
  const rest = sumOf(whole, times(size, -1));
  const number = rest && fixedValue(rest);
  if (number !== undefined && Number.isInteger(number) && number >= 0)
    return Math.floor(number / 2);
  const sizes = [printSize(whole), printSize(size)] as const;
  const isSmaller = number !== undefined && number < 0;
  throw new ShapeError({ kind: 'crop', side: axis, sizes, isSmaller }, [0, 1]);
}

export const resizing = [
  operation({
    name: 'upsample',
    summary:
      'x with height and width multiplied by a factor; bilinear has half-pixel centres and clamped edges.',
    parameters: { factor: pair(2), mode },
    build(b, [x], { factor, mode }) {
      channelsOf(x!);
      const [, height, width] = x!.type.shape;
      return resized(b, x!, [times(height!, factor[0]), times(width!, factor[1])], mode);
    },
  }),
  operation({
    name: 'resizeLike',
    summary: 'x at the height and width of `like`.',
    inputs: ['x', 'like'],
    sizedBy: 'like',
    parameters: { mode },
    build(b, [x, like], { mode }) {
      channelsOf(like!);
      const [, height, width] = like!.type.shape;
      return resized(b, x!, [height!, width!], mode);
    },
  }),
  operation({
    name: 'cropLike',
    summary: 'The centre of x, cropped to the height and width of `like`, as in the U-Net of 2015.',
    inputs: ['x', 'like'],
    sizedBy: 'like',
    parameters: {},
    build(b, [x, like]) {
      channelsOf(x!);
      channelsOf(like!);
      const [batch, height, width, channels] = x!.type.shape;
      const [, rows, columns] = like!.type.shape;
      const begin = [0, margin(height!, rows!, 'height'), margin(width!, columns!, 'width'), 0];
      return b.apply(slice, [x!], { begin, shape: [batch!, rows!, columns!, channels!] })[0];
    },
  }),
  operation({
    name: 'pad',
    summary:
      'x padded with `border` elements of `value` on each side: above and below, left and right.',
    parameters: { border: pair(), value: real(0) },
    build(b, [x], { border: [rows, columns], value }) {
      channelsOf(x!);
      const around = [0, rows, columns, 0];
      return b.apply(pad, [x!], { before: around, after: around, value })[0];
    },
  }),
];
