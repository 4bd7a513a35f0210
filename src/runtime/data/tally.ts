import type { EntryFiles } from './dataset.js';
import { type NotFinite, notFiniteIn } from './formats/read-picture.js';
import type { Inspection } from './inspect.js';
import { judged, type Picture, type Sample } from './sample.js';

/** How many masks are named before the rest is counted. */
const named = 3;

function maskProblem(found: readonly { readonly name: string }[], what: string): string {
  const names = found.slice(0, named).map(({ name }) => name);
  const more = found.length - names.length;
  const list = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const verb = found.length === 1 ? 'has' : 'have';
  return `${list} ${verb} ${what}: look at ${found.length === 1 ? 'it' : 'them'} by \`netc data show\`; where that is the truth, nothing is to be done`;
}

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

  /** By image, of all its slices: how many pixels count, and how many of them are foreground. */
  readonly #masks = new Map<string, { readonly name: string; all: number; foreground: number }>();

  addImage({ width, height, channels, data }: Picture): void {
    const size = `${width}x${height}x${channels}`;
    this.#sizes.set(size, (this.#sizes.get(size) ?? 0) + 1);
    for (const value of data) {
      if (value < this.least) this.least = value;
      if (value > this.most) this.most = value;
    }
  }

  /**
   * @param files of the image; null where it is synthetic
   * @param pixels by class, counted on
   */
  add(sample: Sample, files: EntryFiles | null, pixels: Float64Array, problems: string[]): void {
    const { id, image, mask } = sample;
    this.addImage(image);
    const counts = judged(sample);
    const own = this.#maskOf(files, id);
    for (let i = 0; i < mask.data.length; i++) {
      if (counts?.[i] === 0) continue;
      const number = mask.data[i]!;
      pixels[number]!++;
      own.all++;
      if (number > 0) own.foreground++;
    }
    if (sample.fov && !sample.fov.data.includes(1)) {
      problems.push(`the field of view of ${id} is empty: nothing of the image would count`);
    }
  }

  #maskOf(files: EntryFiles | null, id: string) {
    const key = files?.image ?? id;
    const name = files?.masks.length === 1 ? files.masks[0]! : `the mask of ${key}`;
    const known = this.#masks.get(key) ?? { name, all: 0, foreground: 0 };
    this.#masks.set(key, known);
    return known;
  }

  /** Masks that are foreground nowhere or everywhere, a sentence for each of the two. What is so of all masks is told otherwise. */
  maskProblems(): string[] {
    const masks = [...this.#masks.values()].filter(({ all }) => all > 0);
    const kinds = {
      'no pixel of foreground': masks.filter(({ foreground }) => foreground === 0),
      'foreground in every pixel': masks.filter(({ foreground, all }) => foreground === all),
    };
    return Object.entries(kinds).flatMap(([what, found]) =>
      found.length === 0 || found.length === masks.length ? [] : [maskProblem(found, what)],
    );
  }

  sizes(): Inspection['sizes'] {
    return [...this.#sizes]
      .map(([size, images]) => ({ size, images }))
      .sort((a, b) => b.images - a.images || (a.size < b.size ? -1 : 1));
  }
}
