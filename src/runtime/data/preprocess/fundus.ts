import type { FovOptions } from '../../experiments/options/preprocess.js';
import { componentsOf } from '../components.js';
import type { Frame, Mask, Picture } from '../sample.js';
import { hullOf } from './hull.js';

/** The frame with a field of view: the one it has, else the one that its photograph shows. */
export const fov = <T extends Frame>(frame: T, _: FovOptions): T =>
  frame.fov ? frame : { ...frame, fov: fundusFov(frame.image) };

/** The least part of the frame that a camera's field of view takes. */
const least = 0.2;

/** How far above the dark surround, on the way to the bright parts of the retina, the field of view begins. */
const rise = 0.12;

/**
 * The field of view of a fundus photograph: a disc, often cut at two sides, on a dark surround. What is clearly brighter than
 * the corners of the frame is taken, its large connected parts, and of these the convex hull, so that dark vessels, the macula and
 * shadows at the rim stay inside. A photograph without a dark surround is its own field of view: all of the frame.
 */
export function fundusFov(picture: Picture): Mask {
  const { width, height } = picture;
  const whole = { width, height, data: new Uint8Array(width * height).fill(1) };
  const bright = brightest(picture);
  const surround = surroundOf(bright, width, height);
  const retina = quantile(bright, 0.9);
  const limit = surround + rise * (retina - surround);
  // The frame's corners are as bright as its inside: nothing surrounds it.
  if (surround > retina / 2) return whole;
  const above = { width, height, data: bright.map((value) => (value > limit ? 1 : 0)) };
  const disc = hullOf(largeParts(opened(above)));
  const size = disc.data.reduce((sum, value) => sum + value, 0);
  return size < least * width * height ? whole : disc;
}

/** The largest connected part and what is not far smaller: a dark vessel may part the disc, a label beside it is small. */
function largeParts(mask: Mask): Mask {
  const { of, sizes } = componentsOf(mask.data, mask.width, mask.height, 4);
  const largest = sizes.reduce((a, b) => Math.max(a, b));
  const data = Uint8Array.from(of, (n) => (n > 0 && sizes[n]! * 20 >= largest ? 1 : 0));
  return { ...mask, data };
}

/** Of each pixel its brightest channel, to whole numbers: of a retina the red one. */
function brightest({ width, height, channels, data }: Picture): Uint8Array {
  const bright = new Uint8Array(width * height);
  for (let i = 0; i < bright.length; i++) {
    let most = 0;
    for (let c = 0; c < channels; c++) most = Math.max(most, data[i * channels + c]!);
    bright[i] = Math.min(255, most);
  }
  return bright;
}

/** How dark the surround is: the second darkest of the four corners' medians, since one may hold a label or be cropped. */
function surroundOf(values: Uint8Array, width: number, height: number): number {
  const side = Math.max(1, Math.round(Math.min(width, height) * 0.03));
  const medians = [0, height - side].flatMap((top) =>
    [0, width - side].map((left) => {
      const corner = new Uint8Array(side * side).map(
        (_, i) => values[(top + Math.floor(i / side)) * width + left + (i % side)]!,
      );
      return quantile(corner, 0.5);
    }),
  );
  return medians.sort((a, b) => a - b)[1]!;
}

function quantile(values: Uint8Array, share: number): number {
  const counts = new Uint32Array(256);
  for (const value of values) counts[value]!++;
  let below = 0;
  for (let value = 0; value < 256; value++) {
    below += counts[value]!;
    if (below > share * values.length) return value;
  }
  return 255;
}

/** Without specks and threads: what a square of 3x3 pixels fits into. */
const opened = (mask: Mask): Mask => extreme(extreme(mask, 0), 1);

/** Pixels with a neighbour of `value` in the square of 3x3 around them take it: 0 shrinks, 1 grows. */
function extreme({ width, height, data }: Mask, value: 0 | 1): Mask {
  const along = (from: Uint8Array, step: number, at: (i: number) => number, length: number) =>
    from.map((own, i) => {
      const place = at(i);
      const before = place > 0 && from[i - step] === value;
      const after = place < length - 1 && from[i + step] === value;
      return before || after ? value : own;
    });
  const across = along(data, 1, (i) => i % width, width);
  return { width, height, data: along(across, width, (i) => Math.floor(i / width), height) };
}
