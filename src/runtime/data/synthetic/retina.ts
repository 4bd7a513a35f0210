import type { SyntheticOptions } from '../../experiments/options/data.js';
import type { Dataset } from '../dataset.js';
import { purposes, type Random, randomOf } from '../random.js';
import type { Mask, Sample } from '../sample.js';
import { drawVessels } from './draw-vessels.js';
import { smoothNoise } from './noise.js';
import { nameOf, syntheticDataset } from './synthetic.js';
import { type Ground, growVessels, type Point } from './vessel-tree.js';

/**
 * Synthetic retinas with their exact vessels. Uneven light, a bright disc, lesions as dark as vessels
 * and noise make colour alone a poor guide, so that a network has to learn shapes.
 */
export const syntheticRetinas = (options: SyntheticOptions): Dataset =>
  syntheticDataset(['vessel'], options, (index) => drawRetina(options.size, options.seed, index));

/**
 * Image `index` of `seed`: values of 0 to 255 in three channels, and the same for the same
 * arguments.
 */
export function drawRetina(size: number, seed: number, index: number): Sample {
  const random = randomOf(seed, purposes.retina, index);
  const ground = layOut(size, random);
  const segments = growVessels(ground, randomOf(seed, purposes.vessels, index));
  const { depth, mask } = drawVessels(segments, size);
  const light = illumination(ground, size, random);
  const spots = lesions(ground, size, random);
  const texture = smoothNoise(size, size / 28, random);
  const grain = random.between(4, 7);
  const colour = [random.between(165, 205), random.between(85, 115), random.between(35, 60)];
  // Haemoglobin takes most of the green light; red hardly changes.
  const absorbed = [0.25, 1, 0.6];

  const fov = new Uint8Array(size * size);
  const data = new Float32Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const inside = Math.hypot(x - ground.centre.x, y - ground.centre.y) <= ground.radius;
      fov[i] = inside ? 1 : 0;
      if (!inside) mask[i] = 0;
      for (let c = 0; c < 3; c++) {
        const base = colour[c]! * light[i]! * (1 + 0.08 * texture[i]!);
        const taken = absorbed[c]! * (depth[i]! - spots[i]!);
        const value = inside ? base * (1 - taken) + grain * random.normal() : 3 * random.uniform();
        data[i * 3 + c] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
  }
  const plane = (values: Uint8Array): Mask => ({ width: size, height: size, data: values });
  return {
    id: nameOf(index),
    image: { width: size, height: size, channels: 3, data },
    mask: plane(mask),
    fov: plane(fov),
  };
}

/** A left or a right eye: the disc on one side, the macula a little below the middle. */
function layOut(size: number, random: Random): Ground {
  const side = random.uniform() < 0.5 ? -1 : 1;
  const jitter = (amount: number): number => random.between(-amount, amount) * size;
  const centre = { x: size / 2 + jitter(0.01), y: size / 2 + jitter(0.01) };
  const radius = size * 0.47;
  const disc = { x: centre.x + side * 0.58 * radius + jitter(0.02), y: centre.y + jitter(0.04) };
  const macula = { x: centre.x - side * 0.12 * radius + jitter(0.02), y: centre.y + jitter(0.03) };
  return { disc, macula, centre, radius };
}

/** A bell of height 1 around `at`. */
const bell = (x: number, y: number, at: Point, width: number): number =>
  Math.exp(-((x - at.x) ** 2 + (y - at.y) ** 2) / (2 * width * width));

/** Light by pixel: a slope, darker rims, large blotches, the bright disc and the dark macula. */
function illumination(
  { centre, radius, disc, macula }: Ground,
  size: number,
  random: Random,
): Float32Array {
  const direction = random.between(0, 2 * Math.PI);
  const slope = random.between(0.1, 0.35);
  const rim = random.between(0.2, 0.45);
  const discLight = random.between(0.5, 0.8);
  const blotches = Array.from({ length: 5 }, () => ({
    at: pointIn({ centre, radius }, random),
    width: radius * random.between(0.15, 0.35),
    light: random.between(-0.25, 0.25),
  }));
  const light = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [dx, dy] = [(x - centre.x) / radius, (y - centre.y) / radius];
      let value = 1 + slope * (dx * Math.cos(direction) + dy * Math.sin(direction));
      value -= rim * (dx * dx + dy * dy);
      for (const { at, width, light: amount } of blotches) value += amount * bell(x, y, at, width);
      const edge = (Math.hypot(x - disc.x, y - disc.y) - radius * 0.14) / (radius * 0.015);
      value += discLight / (1 + Math.exp(Math.min(edge, 50)));
      value -= 0.35 * bell(x, y, macula, radius * 0.13);
      light[y * size + x] = Math.max(value, 0.15);
    }
  }
  return light;
}

/** Bleedings (negative: they absorb as vessels do) and bright deposits, as soft ellipses. */
function lesions(ground: Ground, size: number, random: Random): Float32Array {
  const spots = new Float32Array(size * size);
  const count = 14 + random.below(14);
  for (let n = 0; n < count; n++) {
    const { x: cx, y: cy } = pointIn(ground, random);
    const radius = random.between(0.008, 0.03) * size;
    const depth = random.uniform() < 0.65 ? -random.between(0.25, 0.5) : random.between(0.2, 0.5);
    const [angle, flat] = [random.between(0, Math.PI), random.between(0.6, 1)];
    const reach = Math.ceil(radius * 1.6);
    for (let y = Math.max(0, Math.floor(cy) - reach); y <= Math.min(size - 1, cy + reach); y++) {
      for (let x = Math.max(0, Math.floor(cx) - reach); x <= Math.min(size - 1, cx + reach); x++) {
        const along = (x - cx) * Math.cos(angle) + (y - cy) * Math.sin(angle);
        const across = ((y - cy) * Math.cos(angle) - (x - cx) * Math.sin(angle)) / flat;
        const amount =
          depth / (1 + Math.exp((Math.hypot(along, across) - radius) / (radius * 0.15)));
        if (Math.abs(amount) > Math.abs(spots[y * size + x]!)) spots[y * size + x] = amount;
      }
    }
  }
  return spots;
}

function pointIn({ centre, radius }: Pick<Ground, 'centre' | 'radius'>, random: Random): Point {
  const angle = random.between(0, 2 * Math.PI);
  const distance = 0.95 * radius * Math.sqrt(random.uniform());
  return { x: centre.x + distance * Math.cos(angle), y: centre.y + distance * Math.sin(angle) };
}
