import type { ShownValue } from '../../runtime/viewing/trial-file.js';
import { element } from '../elements/elements.js';

/** What a map can be of: the mask, or a value by its number. */
export type Choice = number | 'mask';

/** A list of the mask and of the values of a network, its attention coefficients before the others. */
export class ValueChoice {
  readonly #select = element('select', { 'aria-label': 'Show' });
  readonly dom = element('label', {}, 'Show ', this.#select);

  constructor(onChoose: (choice: Choice) => void) {
    this.#select.addEventListener('change', () => onChoose(this.chosen));
  }

  get chosen(): Choice {
    return this.#select.value === 'mask' ? 'mask' : Number(this.#select.value);
  }

  set chosen(choice: Choice) {
    this.#select.value = `${choice}`;
  }

  fill(values: readonly ShownValue[]): void {
    const numbered = values.map((value, i) => ({ value, i }));
    const group = (label: string, isIn: (value: ShownValue) => boolean) => {
      const own = numbered.filter(({ value }) => isIn(value));
      const options = own.map(({ value: { name, shape }, i }) =>
        element('option', { value: `${i}` }, `${name} ${shape}`),
      );
      return options.length > 0 ? [element('optgroup', { label }, ...options)] : [];
    };
    this.#select.replaceChildren(
      element('option', { value: 'mask' }, 'the mask'),
      ...group('Attention coefficients', ({ isCoefficient }) => isCoefficient),
      ...group('Other named values', ({ isCoefficient }) => !isCoefficient),
    );
  }
}
