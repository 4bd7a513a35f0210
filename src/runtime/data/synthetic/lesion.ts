import type { SyntheticOptions } from '../../experiments/options/data.js';
import type { Dataset } from '../dataset.js';
import { purposes, type Random, randomOf } from '../random.js';
import type { Sample } from '../sample.js';
import { drawHairs } from './hairs.js';
import { smoothNoise } from './noise.js';
import { ellipse, type Outline, reachAt, softInside, wavesOf } from './outline.js';
import { nameOf, syntheticDataset } from './synthetic.js';

/**
 * Synthetic skin with one lesion and its exact outline. Shadows as dark as the lesion, a vignette, hairs, freckles and stickers
 * make darkness a poor guide: what tells a lesion is its brown, its edge and its size.
 */
export const syntheticLesions = (options: SyntheticOptions): Dataset =>
  syntheticDataset(['lesion'], options, (index) => drawLesion(options.size, options.seed, index));

type Colour = readonly [number, number, number];

/** A share of the light that is taken inside an outline, by colour. */
interface Stain {
  readonly outline: Outline;
  readonly softness: number;
  readonly taken: Colour;
}

/**
 * Image `index` of `seed`: values of 0 to 255 in three channels, and the same for the same
 * arguments.
 */
export function drawLesion(size: number, seed: number, index: number): Sample {
  const random = randomOf(seed, purposes.lesion, index);
  const skin = [random.between(195, 235), random.between(140, 180), random.between(110, 155)];
  const lesion = outlineOf(size, random);
  const depth = random.between(0.22, 0.6);
  const softness = random.between(0.015, 0.06);
  const mottled = smoothNoise(size, size / random.between(8, 20), random);
  const pores = smoothNoise(size, Math.max(size / 60, 1.5), random);
  const light = lightOf(size, random);
  const stains = stainsOf(size, random);
  const hairs = drawHairs(size, random);
  const grain = random.between(2, 5);

  const mask = new Uint8Array(size * size);
  const data = new Float32Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const reach = reachAt(lesion, x, y);
      mask[i] = reach <= 1 ? 1 : 0;
      const pigment = depth * softInside(reach, softness) * (1 + 0.3 * mottled[i]!);
      const value = [0, 1, 2].map((c) => {
        let left = light[i]! * (1 + 0.03 * pores[i]!) * (1 - melanin[c]! * pigment);
        for (const stain of stains) left *= 1 - stain.taken[c]! * insideStain(stain, x, y);
        return skin[c]! * left * (1 - hairs[i]! * (0.85 - 0.1 * c));
      });
      for (let c = 0; c < 3; c++) {
        const noisy = value[c]! + grain * random.normal();
        data[i * 3 + c] = Math.min(255, Math.max(0, Math.round(noisy)));
      }
    }
  }
  return {
    id: nameOf(index),
    image: { width: size, height: size, channels: 3, data },
    mask: { width: size, height: size, data: mask },
    fov: null,
  };
}

/** Melanin takes more of blue than of red light. */
const melanin: Colour = [0.6, 0.95, 1.1];

const outlineOf = (size: number, random: Random): Outline => ({
  x: size * random.between(0.32, 0.68),
  y: size * random.between(0.32, 0.68),
  along: size * random.between(0.12, 0.32),
  across: size * random.between(0.1, 0.24),
  angle: random.between(0, Math.PI),
  waves: wavesOf(random, 9, 0.09),
});

/** A slope, the dark corners of the lens, and shadows that take all colours alike. */
function lightOf(size: number, random: Random): Float32Array {
  const direction = random.between(0, 2 * Math.PI);
  const slope = random.between(0.1, 0.4);
  const corners = random.between(0.2, 0.7);
  const shadows = Array.from({ length: 1 + random.below(4) }, () => ({
    outline: ellipse(
      size * random.uniform(),
      size * random.uniform(),
      size * random.between(0.12, 0.3),
      size * random.between(0.08, 0.2),
      random.between(0, Math.PI),
    ),
    depth: random.between(0.2, 0.55),
  }));
  const light = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [u, v] = [(2 * x) / size - 1, (2 * y) / size - 1];
      let value = 1 + slope * (u * Math.cos(direction) + v * Math.sin(direction)) - 0.1;
      value *= 1 - corners * Math.min(1, (u * u + v * v) / 2) ** 2;
      for (const { outline, depth } of shadows) {
        value *= 1 - depth * softInside(reachAt(outline, x, y), 0.25);
      }
      light[y * size + x] = Math.max(value, 0.1);
    }
  }
  return light;
}

/** Freckles, a red patch, and now and then a blue sticker. */
function stainsOf(size: number, random: Random): Stain[] {
  const at = (radius: number): Outline =>
    ellipse(
      size * random.uniform(),
      size * random.uniform(),
      radius,
      radius * random.between(0.7, 1),
    );
  const stains: Stain[] = [];
  for (let n = random.below(9); n > 0; n--) {
    const amount = random.between(0.15, 0.45);
    const taken: Colour = [melanin[0] * amount, melanin[1] * amount, melanin[2] * amount];
    stains.push({ outline: at(size * random.between(0.008, 0.025)), softness: 0.2, taken });
  }
  const red = random.between(0.05, 0.25);
  const patch = at(size * random.between(0.15, 0.4));
  stains.push({ outline: patch, softness: 0.3, taken: [0, red, 0.8 * red] });
  if (random.uniform() < 0.3) {
    const [x, y] = [random.below(2) * size, random.below(2) * size];
    const radius = size * random.between(0.15, 0.3);
    stains.push({
      outline: ellipse(x, y, radius, radius),
      softness: 0.01,
      taken: [0.75, 0.4, 0.1],
    });
  }
  return stains;
}

function insideStain({ outline, softness }: Stain, x: number, y: number): number {
  // Far away it is nothing; most pixels are far from most stains.
  const reach = 1 + 8 * softness;
  if (Math.abs(x - outline.x) > outline.along * reach) return 0;
  if (Math.abs(y - outline.y) > outline.along * reach) return 0;
  return softInside(reachAt(outline, x, y), softness);
}
