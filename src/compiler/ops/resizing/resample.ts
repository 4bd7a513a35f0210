import type { Extents, Shape, Size } from '../../sizes/size.js';
import { wantImage, wantSameSizes } from '../checks.js';
import type { Demand } from '../definition.js';
import { emptyTensor, fourOf, type Tensor } from '../values.js';

/** `shape` is the result's; its height and width alone may differ from the operand's. */
export type ResizeAttributes = { readonly shape: readonly Size[] };

/** Refuses to change batch or channels, and demands whole sizes, as a factor may be a fraction. */
export function resizedShape(x: Shape, { shape }: ResizeAttributes, demand: Demand): Shape {
  wantImage(x, 0);
  wantImage(shape, 0);
  wantSameSizes(x, shape, [0, 3], [0]);
  demand(shape[1]);
  demand(shape[2]);
  return shape;
}

/** What one position of the target takes from the source along an axis. */
export interface Sample {
  readonly source: number;
  readonly weight: number;
}

/** The samples of one target position, between axes of these extents. */
export type Sampler = (position: number, source: number, target: number) => readonly Sample[];

export const nearest: Sampler = (position, source, target) => [
  { source: Math.floor((position * source) / target), weight: 1 },
];

/** Half-pixel centres: the centre of target pixel i lies at (i + 1/2) source / target - 1/2; edges are clamped. */
export const bilinear: Sampler = (position, source, target) => {
  const centre = ((position + 0.5) * source) / target - 0.5;
  const clamped = Math.min(Math.max(centre, 0), source - 1);
  const below = Math.floor(clamped);
  const weight = clamped - below;
  if (weight === 0) return [{ source: below, weight: 1 }];
  return [
    { source: below, weight: 1 - weight },
    { source: below + 1, weight },
  ];
};

/** The share of the target pixel, which covers source / target pixels, that lies in each of these. */
const area: Sampler = (position, source, target) => {
  const [low, high] = [(position * source) / target, ((position + 1) * source) / target];
  const samples: Sample[] = [];
  for (let pixel = Math.floor(low); pixel < Math.min(high, source); pixel++) {
    const covered = Math.min(pixel + 1, high) - Math.max(pixel, low);
    samples.push({ source: pixel, weight: (covered * target) / source });
  }
  return samples;
};

/** `area` on the way down, `bilinear` on the way up. */
export const areaOrLinear: Sampler = (position, source, target) =>
  (source > target ? area : bilinear)(position, source, target);

/** Visits each pair of elements that a resize joins, with the weight; resizing is separable in height and width. */
function forEachSample(
  source: Extents,
  target: Extents,
  sampler: Sampler,
  visit: (sourceElement: number, targetElement: number, weight: number) => void,
): void {
  const [batch, height, width, channels] = fourOf(source);
  const [, rows, columns] = fourOf(target);
  const along = (from: number, to: number) =>
    Array.from({ length: to }, (_, position) => sampler(position, from, to));
  const [ys, xs] = [along(height, rows), along(width, columns)];
  for (let n = 0; n < batch; n++) {
    ys.forEach((vertical, row) => {
      xs.forEach((horizontal, column) => {
        const targetPixel = (n * rows + row) * columns + column;
        for (const y of vertical) {
          for (const x of horizontal) {
            const sourcePixel = (n * height + y.source) * width + x.source;
            for (let c = 0; c < channels; c++) {
              const weight = y.weight * x.weight;
              visit(sourcePixel * channels + c, targetPixel * channels + c, weight);
            }
          }
        }
      });
    });
  }
}

/** x at the extents of `shape`: each of its elements is the weighted sum of its samples. */
export function resampled(x: Tensor, shape: Extents, sampler: Sampler): Tensor {
  const y = emptyTensor(shape);
  forEachSample(x.shape, shape, sampler, (xi, yi, weight) => {
    y.data[yi]! += weight * x.data[xi]!;
  });
  return y;
}

/** The transpose of `resampled`: every sample of an x of `shape` gets back its share of g. */
export function sharedOut(g: Tensor, shape: Extents, sampler: Sampler): Tensor {
  const dx = emptyTensor(shape);
  forEachSample(shape, g.shape, sampler, (xi, gi, weight) => {
    dx.data[xi]! += weight * g.data[gi]!;
  });
  return dx;
}
