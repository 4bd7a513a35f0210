import type { resizingOps } from '../../../../compiler/ops/resizing/index.js';
import { resizeArea } from '../../../../compiler/ops/resizing/resize-area.js';
import { resizeBilinear } from '../../../../compiler/ops/resizing/resize-bilinear.js';
import { resizeBilinearGradient } from '../../../../compiler/ops/resizing/resize-bilinear-gradient.js';
import { resizeNearest } from '../../../../compiler/ops/resizing/resize-nearest.js';
import { resizeNearestGradient } from '../../../../compiler/ops/resizing/resize-nearest-gradient.js';
import { byReference } from './host.js';
import type { LoweringsOf } from './lowering.js';

export const resizingLowerings: LoweringsOf<typeof resizingOps> = {
  resizeNearest: byReference(resizeNearest),
  resizeNearestGradient: byReference(resizeNearestGradient),
  resizeBilinear: byReference(resizeBilinear),
  resizeBilinearGradient: byReference(resizeBilinearGradient),
  resizeArea: byReference(resizeArea),
};
