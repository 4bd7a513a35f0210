import { scoresOf } from '../runtime/metrics/metrics.js';
import { score } from '../runtime/reports/ablation/cells.js';
import { testName, type ViewedRun } from '../runtime/viewing/runs-view.js';
import type { Point } from './chart-mark.js';
import { choice, element } from './elements.js';
import { byteOf, colour, type TestImage, testImageOf, thresholdOf } from './test-image.js';

/** One test image of a run, coloured at any threshold, which a dot shows in the charts of both curves too. */
export class ThresholdPanel {
  readonly dom = element('details', { class: 'threshold', hidden: '' });
  readonly #run = choice('Run', (key) => this.#choose(Number(key), 0));
  readonly #image = choice('Image', (key) => this.#choose(this.#at.run, Number(key)));
  readonly #slider = element('input', { type: 'range', min: '1', max: '255', name: 'threshold' });
  readonly #value = element('output');
  readonly #counts = element('p', { class: 'counts', role: 'status' });
  readonly #canvas = element('canvas', { role: 'img', hidden: '' });
  #runs: readonly ViewedRun[] = [];
  #at = { run: -1, image: 0 };
  #shown: TestImage | null = null;
  /** What the image in sight is of; another answer of the server is not shown. */
  #key = '';
  #filled = '';

  constructor(readonly mark: (kind: 'roc' | 'pr', point: Point | null) => void) {
    const about =
      'Green: true positives. Red: false positives. Blue: false negatives. Masks are as before any postprocessing. The dot beside the curves, which are of all test images, is of this image alone.';
    const slider = element('label', {}, 'Threshold ', this.#slider, this.#value);
    this.#slider.addEventListener('input', () => this.#colour());
    this.dom.append(
      element('summary', {}, 'A test image at any threshold'),
      element('div', { class: 'chosen' }, this.#run.field, this.#image.field, slider),
      element('p', { class: 'about' }, about),
      this.#counts,
      this.#canvas,
    );
    this.dom.addEventListener('toggle', () => this.#load());
  }

  /** Runs as they are now; those with test images can be chosen. */
  show(runs: readonly ViewedRun[]): void {
    this.#runs = runs;
    const first = runs.findIndex(({ tested }) => tested.length > 0);
    this.dom.hidden = first === -1;
    if (first === -1) return;
    const { run, image } = this.#at;
    const isThere = image < (runs[run]?.tested.length ?? 0);
    if (isThere) this.#choose(run, image);
    else this.#choose(first, 0);
  }

  #choose(run: number, image: number): void {
    if (run !== this.#at.run) {
      const byte = byteOf(this.#runs[run]!.threshold ?? 0.5);
      this.#slider.value = `${byte}`;
    }
    this.#at = { run, image };
    this.#fill(run, image);
    this.#load();
  }

  /** A list that somebody may have open is made anew only where it has changed. */
  #fill(run: number, image: number): void {
    const filled = JSON.stringify([
      run,
      image,
      this.#runs.map(({ name, tested }) => [name, tested]),
    ]);
    if (filled === this.#filled) return;
    this.#filled = filled;
    const named = this.#runs.flatMap(({ name, tested }, i) =>
      tested.length > 0 ? [[`${i}`, name] as const] : [],
    );
    this.#run.fill(named, `${run}`);
    const images = this.#runs[run]!.tested.map((id, i) => [`${i}`, id] as const);
    this.#image.fill(images, `${image}`);
  }

  /** Asks for the image where it is wanted and not there: it is new, or the run has been scored again. */
  async #load(): Promise<void> {
    const { run, image } = this.#at;
    if (!this.dom.open || run === -1) return this.#markNone();
    const key = JSON.stringify([run, image, this.#runs[run]!.scores]);
    if (key === this.#key) return this.#colour();
    this.#key = key;
    this.#forget('reading the image …');
    const found = await read(testName(run, image)).catch(
      () => 'netc view has ended: start it again, and open its new address',
    );
    if (key !== this.#key) return;
    if (typeof found === 'string') {
      // What is mended is read at the next chance.
      this.#key = '';
      this.#forget(found);
    } else {
      this.#shown = found;
      this.#colour();
    }
  }

  #forget(why: string): void {
    this.#shown = null;
    this.#canvas.hidden = true;
    this.#counts.textContent = why;
    this.#markNone();
  }

  #markNone(): void {
    for (const kind of ['roc', 'pr'] as const) this.mark(kind, null);
  }

  #colour(): void {
    const byte = Number(this.#slider.value);
    const threshold = thresholdOf(byte);
    this.#value.textContent = threshold.toFixed(3);
    const [shown, run] = [this.#shown, this.#runs[this.#at.run]];
    if (!shown || !run) return;
    const { width, height } = shown;
    const overlay = new ImageData(width, height);
    const counts = colour(shown, byte, overlay.data);
    [this.#canvas.width, this.#canvas.height] = [width, height];
    this.#canvas.getContext('2d')?.putImageData(overlay, 0, 0);
    this.#canvas.hidden = false;
    const { f1, se, sp, precision } = scoresOf(counts);
    const words = [
      `F1 ${score(f1)}, SE ${score(se)}, SP ${score(sp)}, precision ${score(precision)}`,
      `TP ${counts.tp}, FP ${counts.fp}, FN ${counts.fn} pixels`,
    ].join('; ');
    this.#counts.textContent = words;
    const id = run.tested[this.#at.image];
    this.#canvas.setAttribute('aria-label', `${id} at threshold ${threshold.toFixed(3)}: ${words}`);
    this.mark('roc', se === null || sp === null ? null : { x: 1 - sp, y: se });
    this.mark('pr', se === null || precision === null ? null : { x: se, y: precision });
  }
}

/** The image, or what is wrong with it, in words. */
async function read(name: string): Promise<TestImage | string> {
  const response = await fetch(name);
  if (response.ok) return testImageOf(await response.arrayBuffer());
  const text = await response.text();
  return text === '' ? `the server answers ${response.status}` : text;
}
