import { InputError } from '../errors.js';
import type { DataOptions } from '../experiments/experiment.js';
import { type Dataset, type Entry, openDataset } from './dataset.js';
import type { Sample } from './sample.js';

/** What `netc data check` finds. */
export interface Inspection {
  readonly kind: string;
  readonly classes: readonly string[];
  readonly parts: Readonly<Record<Part, PartCounts>>;
  /** Images without ground truth. */
  readonly unlabelled: number;
  /** How many images have each size, the most frequent first. */
  readonly sizes: readonly { readonly size: string; readonly images: number }[];
  /** Least and greatest value of all images. */
  readonly range: readonly [number, number] | null;
  /** Files without a partner, damaged files, sizes that differ: one sentence each. */
  readonly problems: readonly string[];
}

export interface PartCounts {
  readonly images: number;
  /** Null where patients are not known. */
  readonly patients: number | null;
  /** The share of pixels, inside the field of view, of each class in order. */
  readonly shares: readonly number[];
}

const parts = ['train', 'validation', 'test'] as const;
export type Part = (typeof parts)[number];

/** How many images are decoded at a time. */
const together = 4;

/** Opens the dataset and reads every image of it; nothing that is wrong ends it early. */
export async function inspectData(options: DataOptions): Promise<Inspection> {
  const problems: string[] = [];
  const dataset = await openDataset(options).catch((error) => noted(error, problems));
  const tally = new Tally();
  const counts = {} as Record<Part, PartCounts>;
  for (const part of parts) counts[part] = await inspectPart(dataset, part, tally, problems);
  return {
    kind: options.kind,
    classes: dataset?.classes ?? [],
    parts: counts,
    unlabelled: dataset?.unlabelled.length ?? 0,
    sizes: tally.sizes(),
    range: tally.least <= tally.most ? [tally.least, tally.most] : null,
    problems,
  };
}

function noted(error: unknown, problems: string[]): undefined {
  if (!(error instanceof InputError)) throw error;
  problems.push(...error.message.split('\n'));
}

async function inspectPart(
  dataset: Dataset | undefined,
  part: Part,
  tally: Tally,
  problems: string[],
): Promise<PartCounts> {
  const entries = dataset?.[part] ?? [];
  const pixels = new Float64Array((dataset?.classes.length ?? 0) + 1);
  const inspect = async (entry: Entry): Promise<void> => {
    const sample = await entry.read().catch((error) => noted(error, problems));
    if (sample) tally.add(sample, pixels);
  };
  for (let i = 0; i < entries.length; i += together) {
    await Promise.all(entries.slice(i, i + together).map(inspect));
  }
  const all = pixels.reduce((a, b) => a + b, 0);
  const groups = entries.map(({ group }) => group).filter((group) => group !== null);
  return {
    images: entries.length,
    patients: groups.length === 0 ? null : new Set(groups).size,
    shares: [...pixels.subarray(1)].map((n) => n / Math.max(all, 1)),
  };
}

/** What images of all parts add up to. */
class Tally {
  least = Number.POSITIVE_INFINITY;
  most = Number.NEGATIVE_INFINITY;
  readonly #sizes = new Map<string, number>();

  /** @param pixels by class, counted on. */
  add({ image, mask, fov }: Sample, pixels: Float64Array): void {
    const size = `${image.width}x${image.height}x${image.channels}`;
    this.#sizes.set(size, (this.#sizes.get(size) ?? 0) + 1);
    for (const value of image.data) {
      if (value < this.least) this.least = value;
      if (value > this.most) this.most = value;
    }
    for (let i = 0; i < mask.data.length; i++) {
      if (!fov || fov.data[i] === 1) pixels[mask.data[i]]++;
    }
  }

  sizes(): Inspection['sizes'] {
    return [...this.#sizes]
      .map(([size, images]) => ({ size, images }))
      .sort((a, b) => b.images - a.images || (a.size < b.size ? -1 : 1));
  }
}
