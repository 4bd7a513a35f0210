import { scoresOf } from '../../runtime/metrics/metrics.js';
import { score } from '../../runtime/reports/ablation/cells.js';
import { element, say } from '../elements/elements.js';
import { colour, type RunImage } from './run-image.js';

/** An image coloured by what is found in it, and its own figures in words. */
export class ColouredImage {
  readonly #counts = element('p', { class: 'counts', role: 'status' });
  readonly #canvas = element('canvas', { role: 'img', hidden: '' });
  readonly parts = [this.#counts, this.#canvas] as const;
  #shown: { readonly image: RunImage; readonly name: string; readonly step: string } | null = null;

  /** @param step what to say before its figures */
  show(image: RunImage, name: string, step: string): void {
    this.#shown = { image, name, step };
  }

  /** Takes the image away and says why. */
  forget(why: string): void {
    this.#shown = null;
    this.#canvas.hidden = true;
    say(this.#counts, why);
  }

  /** Colours pixels of `byte` and more as found; `threshold` says it in words. */
  colour(byte: number, threshold: string): void {
    if (!this.#shown) return;
    const { image, name, step } = this.#shown;
    const { width, height } = image;
    const overlay = new ImageData(width, height);
    const counts = colour(image, byte, overlay.data);
    [this.#canvas.width, this.#canvas.height] = [width, height];
    this.#canvas.getContext('2d')?.putImageData(overlay, 0, 0);
    this.#canvas.hidden = false;
    const { f1, se, sp, precision } = scoresOf(counts);
    const words = [
      `${step}F1 ${score(f1)}, SE ${score(se)}, SP ${score(sp)}, precision ${score(precision)}`,
      `TP ${counts.tp}, FP ${counts.fp}, FN ${counts.fn} pixels`,
    ].join('; ');
    say(this.#counts, words);
    this.#canvas.setAttribute('aria-label', `${name} at threshold ${threshold}: ${words}`);
  }
}
