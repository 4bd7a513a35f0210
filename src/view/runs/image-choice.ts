import type { Split } from '../../runtime/evaluation/subject.js';
import type { ViewedRun } from '../../runtime/viewing/runs-view.js';
import { choice } from '../elements/elements.js';

/** An image of a run, by its place among those of its part. */
export interface Chosen {
  readonly run: number;
  readonly part: Split;
  readonly image: number;
}

export const imagesIn = ({ tested, validated }: ViewedRun, part: Split): readonly string[] =>
  part === 'test' ? tested : (validated?.images ?? []);

const partsOf = (run: ViewedRun): readonly Split[] =>
  (['test', 'validation'] as const).filter((part) => imagesIn(run, part).length > 0);

/** Lists to choose a run, its test or its validation images, and one of them from. */
export class ImageChoice {
  readonly #run = choice('Run', (key) => this.#choose({ run: Number(key) }));
  readonly #part = choice('Images', (key) => this.#choose({ part: key as Split }));
  readonly #image = choice('Image', (key) => this.#choose({ image: Number(key) }));
  readonly parts = [this.#run.field, this.#part.field, this.#image.field] as const;
  #runs: readonly ViewedRun[] = [];
  #filled = '';
  /** Null where no run has an image to show. */
  chosen: Chosen | null = null;

  constructor(readonly onChoose: () => void) {}

  /** Runs as they are now; what is chosen stays for as long as it is there. */
  show(runs: readonly ViewedRun[]): void {
    this.#runs = runs;
    const run = runs[this.chosen?.run ?? -1];
    const isThere = run && partsOf(run).length > 0;
    this.#settle(isThere ? this.chosen!.run : runs.findIndex((one) => partsOf(one).length > 0));
  }

  #choose(change: Partial<Chosen>): void {
    const { run, part } = { ...this.chosen!, ...change };
    // Another run's images are others, and so are those of its other part.
    this.chosen = { run, part, image: change.image ?? 0 };
    this.#settle(run);
    this.onChoose();
  }

  /** The nearest to what is chosen that the run has. */
  #settle(at: number): void {
    const run = this.#runs[at];
    if (!run) {
      this.chosen = null;
      return;
    }
    const parts = partsOf(run);
    const { part: wanted, image: before } = this.chosen ?? { part: 'test', image: 0 };
    const part = parts.includes(wanted) ? wanted : parts[0]!;
    const image = part === wanted && before < imagesIn(run, part).length ? before : 0;
    this.chosen = { run: at, part, image };
    this.#fill(this.chosen);
  }

  /** A list that somebody may have open is made anew only where it has changed. */
  #fill({ run, part, image }: Chosen): void {
    const named = this.#runs.flatMap((one, i) =>
      partsOf(one).length > 0 ? [[`${i}`, one.name] as const] : [],
    );
    const parts = partsOf(this.#runs[run]!).map((one) => [one, `${one} images`] as const);
    const images = imagesIn(this.#runs[run]!, part).map((id, i) => [`${i}`, id] as const);
    const filled = JSON.stringify([run, part, image, named, parts, images]);
    if (filled === this.#filled) return;
    this.#filled = filled;
    this.#run.fill(named, `${run}`);
    this.#part.fill(parts, part);
    this.#image.fill(images, `${image}`);
  }
}
