import { resizeArea } from './resize-area.js';
import { resizeBilinear } from './resize-bilinear.js';
import { resizeBilinearGradient } from './resize-bilinear-gradient.js';
import { resizeNearest } from './resize-nearest.js';
import { resizeNearestGradient } from './resize-nearest-gradient.js';

export const resizingOps = {
  resizeNearest,
  resizeNearestGradient,
  resizeBilinear,
  resizeBilinearGradient,
  resizeArea,
};
