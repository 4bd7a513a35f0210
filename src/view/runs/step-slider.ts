import { element } from '../elements/elements.js';

/** A slider over the steps at which a run was validated; at its end it goes on with a run that trains. */
export class StepSlider {
  readonly #slider = element('input', { type: 'range', min: '0', name: 'step' });
  readonly #value = element('output');
  readonly dom = element('label', { hidden: '' }, 'Validation at ', this.#slider, this.#value);
  #steps: readonly number[] = [];

  constructor(onStep: () => void) {
    this.#slider.addEventListener('input', () => {
      this.#tell();
      onStep();
    });
  }

  /** The chosen step; null where there is none to choose. */
  get step(): number | null {
    return this.#steps[Number(this.#slider.value)] ?? null;
  }

  /** Steps in order; the chosen one stays, but where it was the last, or is gone, the last is chosen. */
  show(steps: readonly number[]): void {
    const { step } = this;
    const place = step === this.#steps.at(-1) ? -1 : steps.indexOf(step ?? -1);
    this.#steps = steps;
    this.#slider.max = `${Math.max(0, steps.length - 1)}`;
    this.#slider.value = `${place === -1 ? steps.length - 1 : place}`;
    this.dom.hidden = steps.length === 0;
    this.#tell();
  }

  #tell(): void {
    const text = this.step === null ? '' : `step ${this.step}`;
    this.#value.textContent = text;
    this.#slider.setAttribute('aria-valuetext', text);
  }
}
