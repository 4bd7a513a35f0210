import type { SyntheticLungOptions } from '../../experiments/options/data.js';
import type { Dataset } from '../dataset.js';
import { purposes, type Random, randomOf } from '../random.js';
import type { Sample } from '../sample.js';
import { type Chest, layOutChest } from './chest.js';
import { smoothNoise } from './noise.js';
import { type Outline, reachAt } from './outline.js';
import { nameOf, syntheticDataset } from './synthetic.js';

/**
 * Synthetic slices of a chest in Hounsfield units with their exact lungs. The air around and in the airways is as dark as a
 * lung, the foam of the mattress has a lung's very values, and infiltrates are lung as dense as flesh: no threshold does.
 */
export const syntheticLungs = (options: SyntheticLungOptions): Dataset =>
  syntheticDataset(
    options.classes === 2 ? ['right', 'left'] : ['lung'],
    options,
    (index) => drawLung(options.size, options.seed, index, options.classes),
    1,
  );

/** Hounsfield units. */
const units = { air: -1000, fat: -100, flesh: 45, blood: 40, bone: 380, marrow: 220, canal: 25 };

/**
 * Image `index` of `seed`: whole Hounsfield units in one channel, and the same for the same
 * arguments.
 */
export function drawLung(size: number, seed: number, index: number, classes: 1 | 2 = 1): Sample {
  const random = randomOf(seed, purposes.lung, index);
  const chest = layOutChest(size, random);
  const valueAt = painter(chest, size, random);
  const blur = smoothNoise(size, Math.max(size / 100, 1.3), random);
  const grain = random.between(12, 30);
  const mask = new Uint8Array(size * size);
  const data = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const { value, lung } = valueAt(x, y);
      mask[i] = classes === 1 ? Math.min(lung, 1) : lung;
      const noisy = Math.round(value + grain * (random.normal() + blur[i]!));
      data[i] = Math.min(1500, Math.max(-1024, noisy));
    }
  }
  const plane = { width: size, height: size };
  return {
    id: nameOf(index),
    image: { ...plane, channels: 1, data },
    mask: { ...plane, data: mask },
    fov: null,
  };
}

interface Spot {
  readonly value: number;
  /** 0: none, 1: the right one, 2: the left one. */
  readonly lung: number;
}

/** What lies at a pixel: from the outermost inwards, the later over the earlier. */
function painter(chest: Chest, size: number, random: Random): (x: number, y: number) => Spot {
  const aired = random.between(-890, -820);
  const heavier = random.between(40, 140);
  const foam = random.between(-900, -800);
  const texture = smoothNoise(size, size / 18, random);
  const within = (outline: Outline, x: number, y: number): boolean =>
    Math.abs(x - outline.x) <= outline.along * 1.6 + outline.across && reachAt(outline, x, y) <= 1;
  const inAny = (outlines: readonly Outline[], x: number, y: number): boolean =>
    outlines.some((outline) => within(outline, x, y));

  const lungAt = (x: number, y: number): number =>
    within(chest.right, x, y) ? 1 : within(chest.left, x, y) ? 2 : 0;
  const lungValue = (x: number, y: number): number => {
    if (inAny(chest.infiltrates, x, y)) return -40 + 60 * texture[y * size + x]!;
    if (inAny(chest.vessels, x, y)) return 20;
    // Blood sinks: lungs are heavier towards the back.
    return aired + heavier * ((y - chest.right.y) / size + 0.2) + 25 * texture[y * size + x]!;
  };
  return (x, y) => {
    const beside = (value: number): Spot => ({ value, lung: 0 });
    if (!within(chest.body, x, y)) {
      const under = y - chest.mattress - 0.05 * size * ((x / size - 0.5) * 2) ** 2;
      const inFoam = under > 0 && under < 0.13 * size && Math.abs(x / size - 0.5) < 0.47;
      return beside(inFoam ? foam + 20 * texture[y * size + x]! : units.air);
    }
    if (inAny(chest.airways, x, y)) return beside(units.air + 15);
    if (within(chest.canal, x, y)) return beside(units.canal);
    if (within(chest.spine, x, y)) return beside(units.marrow + 60 * texture[y * size + x]!);
    if (within(chest.heart, x, y)) return beside(units.blood);
    const lung = lungAt(x, y);
    if (lung > 0) return { value: lungValue(x, y), lung };
    if (inAny(chest.ribs, x, y)) return beside(units.bone);
    return beside(within(chest.muscle, x, y) ? units.flesh : units.fat);
  };
}
