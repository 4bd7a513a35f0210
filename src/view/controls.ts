import type { ParameterDescription } from '../compiler/describe/describe.js';
import type { ImageSize } from '../compiler/sizes/size.js';
import { button, element } from './elements/elements.js';
import type { Look } from './service.js';

/** A number of a model that a slider moves. */
interface Slider {
  readonly name: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

export interface ControlEvents {
  readonly onSet: (parameter: string, value: string) => void;
  readonly onSize: (size: ImageSize) => void;
  readonly onReset: () => void;
}

/** Sliders for the whole numbers of a model's configuration and for the size of the image. */
export class Controls {
  readonly dom = element('fieldset', { class: 'controls' });
  #shown = '';

  constructor(readonly events: ControlEvents) {}

  /** As the model is now; a slider that is being moved is not made anew. */
  show({ parameters, choice, size, step }: Look): void {
    const sliders = parameters.flatMap(sliderOf);
    const apart = step * Math.ceil(16 / step);
    const image: Slider = {
      ...{ name: 'image size', value: size.height, step: apart },
      least: size.height % apart || apart,
      most: Math.max(1024, size.height),
    };
    const all = [...sliders, image];
    const bounds = all.map(({ name, least, step }) => [name, least, step]);
    const key = JSON.stringify([choice.path, choice.model, bounds]);
    if (key !== this.#shown) this.#make(sliders, image);
    this.#shown = key;
    for (const slider of all) this.#move(slider);
  }

  #make(sliders: readonly Slider[], image: Slider): void {
    const reset = button('Reset', this.events.onReset, 'Reset the configuration and the size');
    this.dom.replaceChildren(
      element('legend', {}, 'Configuration'),
      ...sliders.map((slider) =>
        this.#row(slider, (value) => this.events.onSet(slider.name, value)),
      ),
      this.#row(image, (value) =>
        this.events.onSize({ height: Number(value), width: Number(value) }),
      ),
      reset,
    );
  }

  #row({ name, value, least, most, step }: Slider, onInput: (value: string) => void): HTMLElement {
    const bounds = { min: `${least}`, max: `${most}`, step: `${step}`, value: `${value}` };
    const input = element('input', { type: 'range', name, ...bounds });
    const output = element('output', {}, `${value}`);
    input.addEventListener('input', () => {
      output.textContent = input.value;
      onInput(input.value);
    });
    return element('label', {}, element('span', {}, name), input, output);
  }

  #move({ name, value, most }: Slider): void {
    const input = this.dom.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`);
    if (!input || document.activeElement === input) return;
    input.max = `${most}`;
    input.value = `${value}`;
    const output = input.nextElementSibling;
    if (output) output.textContent = `${value}`;
  }
}

/** None for what is no whole number. Wide enough to see what it does, up to twice its default. */
function sliderOf({ name, default: fallback, value }: ParameterDescription): readonly Slider[] {
  if (!/^\d+$/.test(value)) return [];
  const usual = /^\d+$/.test(fallback ?? '') ? Number(fallback) : Number(value);
  const most = Math.max(usual * 2, Number(value), 4);
  const step = usual >= 16 ? usual / 8 : 1;
  return [
    {
      name,
      value: Number(value),
      least: Math.max(1, Math.floor(step)),
      most,
      step: Math.max(1, Math.floor(step)),
    },
  ];
}
