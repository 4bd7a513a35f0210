import { type NotFinite, notFiniteIn } from './formats/read-picture.js';
import type { Inspection } from './inspect.js';
import { judged, type Picture, type Sample } from './sample.js';

/** What images of all parts add up to. */
export class Tally {
  least = Number.POSITIVE_INFINITY;
  most = Number.NEGATIVE_INFINITY;
  readonly #sizes = new Map<string, number>();

  /** Files with pixels that are no numbers. */
  readonly #bad = new Map<string, { readonly pixels: number; readonly slices: number }>();

  addBad({ path, pixels }: NotFinite): undefined {
    const before = this.#bad.get(path) ?? { pixels: 0, slices: 0 };
    this.#bad.set(path, { pixels: before.pixels + pixels, slices: before.slices + 1 });
  }

  /** One sentence a file, whatever the number of its slices. */
  badFiles(): string[] {
    return [...this.#bad].map(([path, { pixels, slices }]) => {
      const where = slices === 1 ? '' : ` in ${slices} slices`;
      return notFiniteIn(path, pixels, where);
    });
  }

  addImage({ width, height, channels, data }: Picture): void {
    const size = `${width}x${height}x${channels}`;
    this.#sizes.set(size, (this.#sizes.get(size) ?? 0) + 1);
    for (const value of data) {
      if (value < this.least) this.least = value;
      if (value > this.most) this.most = value;
    }
  }

  /** @param pixels by class, counted on. */
  add(sample: Sample, pixels: Float64Array, problems: string[]): void {
    const { id, image, mask } = sample;
    this.addImage(image);
    const counts = judged(sample);
    for (let i = 0; i < mask.data.length; i++) {
      if (counts?.[i] !== 0) pixels[mask.data[i]!]!++;
    }
    if (sample.fov && !sample.fov.data.includes(1)) {
      problems.push(`the field of view of ${id} is empty: nothing of the image would count`);
    }
  }

  sizes(): Inspection['sizes'] {
    return [...this.#sizes]
      .map(([size, images]) => ({ size, images }))
      .sort((a, b) => b.images - a.images || (a.size < b.size ? -1 : 1));
  }
}
