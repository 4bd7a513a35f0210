import { nearestByte, thresholdOf } from '../../runtime/prediction/map-byte.js';
import {
  type CurveKind,
  curveKinds,
  testName,
  type ViewedRun,
  validationName,
} from '../../runtime/viewing/runs-view.js';
import { element } from '../elements/elements.js';
import type { Point } from './chart-mark.js';
import { ColouredImage } from './coloured-image.js';
import { ImageChoice, imagesIn } from './image-choice.js';
import { readImage } from './run-image.js';
import { StepSlider } from './step-slider.js';

const about =
  "Green: true positives. Red: false positives. Blue: false negatives. Masks are as before any postprocessing. Figures are of the image in sight; the dots on the run's curves are of all its test images at this threshold. Validation images are as the network segmented them at each validation during training.";

/** What is to be in sight. */
interface Wanted {
  /** By which the page asks for it. */
  readonly name: string;
  readonly id: string;
  /** Of the image, whatever the step. */
  readonly image: string;
  /** Also of what its map was made with. */
  readonly key: string;
  /** What is said before its figures. */
  readonly step: string;
}

/** An image of a run, coloured at any threshold: a test image, with a dot on both curves, or a validation image at any validation. */
export class ThresholdPanel {
  readonly dom = element('details', { class: 'threshold', hidden: '' });
  readonly #choice = new ImageChoice(() => this.#renew());
  readonly #steps = new StepSlider(() => this.#renew());
  readonly #slider = element('input', { type: 'range', min: '1', max: '255', name: 'threshold' });
  readonly #value = element('output');
  readonly #image = new ColouredImage();
  #runs: readonly ViewedRun[] = [];
  /** Whose threshold and steps are on the sliders. */
  #run = -1;
  /** What is in sight. */
  #shown: Wanted | null = null;
  #isReading = false;
  /** The key of what could not be read; it is tried again at every change, and said once. */
  #failed = '';

  constructor(readonly mark: (kind: CurveKind, point: Point | null) => void) {
    const slider = element('label', {}, 'Threshold ', this.#slider, this.#value);
    this.#slider.addEventListener('input', () => this.#colour());
    this.dom.append(
      element('summary', {}, 'Images at any threshold'),
      element('div', { class: 'chosen' }, ...this.#choice.parts, this.#steps.dom, slider),
      element('p', { class: 'about' }, about),
      ...this.#image.parts,
    );
    this.dom.addEventListener('toggle', () => this.#renew());
  }

  /** Runs as they are now; those with images to show can be chosen. */
  show(runs: readonly ViewedRun[]): void {
    this.#runs = runs;
    this.#choice.show(runs);
    this.#renew();
  }

  #renew(): void {
    const { chosen } = this.#choice;
    const run = this.#runs[chosen?.run ?? -1];
    this.dom.hidden = !run;
    if (chosen && run && chosen.run !== this.#run) {
      this.#slider.value = `${nearestByte(run.threshold ?? run.validated?.threshold ?? 0.5)}`;
      this.#steps.show([]);
    }
    this.#run = chosen?.run ?? -1;
    this.#steps.show(run && chosen?.part === 'validation' ? run.validated!.steps : []);
    if (!this.#wanted()) this.#forget('');
    this.#colour();
    void this.#read();
  }

  /** Null where nothing is to be seen. */
  #wanted(): Wanted | null {
    const { chosen } = this.#choice;
    if (!chosen || !this.dom.open) return null;
    const { run, part, image } = chosen;
    const viewed = this.#runs[run]!;
    const id = imagesIn(viewed, part)[image]!;
    const { step } = this.#steps;
    // A run may be scored again, and a folder may have another run.
    const made = part === 'test' ? viewed.scores : viewed.validated!.began;
    const which = JSON.stringify([run, part, image, made]);
    const both = { id, image: which, key: `${which} ${step}` };
    return step === null
      ? { ...both, name: testName(run, image), step: '' }
      : { ...both, name: validationName(run, image, step), step: `Step ${step}: ` };
  }

  /** Asks for what is wanted and not there, one after the other: who moves over steps sees what there was time for. */
  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    let failed = '';
    for (let next = this.#next(failed); next; next = this.#next(failed)) {
      const isAgain = next.key === this.#failed;
      if (next.image !== this.#shown?.image && !isAgain) this.#forget('reading the image …');
      const found = await readImage(next.name);
      // Another one may have been chosen.
      if (this.#wanted()?.image !== next.image) continue;
      // What is mended is read at the next chance.
      if (typeof found === 'string') {
        failed = next.key;
        this.#failed = failed;
        this.#forget(next.step + found);
      } else {
        this.#shown = next;
        this.#failed = '';
        this.#image.show(found, next.id, next.step);
        this.#colour();
      }
    }
    this.#isReading = false;
  }

  #next(failed: string): Wanted | null {
    const wanted = this.#wanted();
    return wanted?.key === this.#shown?.key || wanted?.key === failed ? null : wanted;
  }

  #forget(why: string): void {
    this.#shown = null;
    this.#image.forget(why);
  }

  #colour(): void {
    const byte = Number(this.#slider.value);
    const threshold = thresholdOf(byte).toFixed(3);
    this.#value.textContent = threshold;
    this.#slider.setAttribute('aria-valuetext', threshold);
    this.#image.colour(byte, threshold);
    const isMarked = this.dom.open && this.#choice.chosen?.part === 'test';
    for (const kind of curveKinds) {
      const place = isMarked ? this.#runs[this.#run]?.places[kind]?.[byte - 1] : null;
      this.mark(kind, place ? { x: place[0], y: place[1] } : null);
    }
  }
}
