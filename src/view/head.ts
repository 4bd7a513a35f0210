import { button, choice, element } from './elements/elements.js';
import { type Format, formats } from './exports.js';
import { type Choice, isSame } from './project.js';

export interface HeadEvents {
  readonly onOpen: (path: string) => void;
  readonly onModel: (choice: Choice) => void;
  readonly onCompare: (choice: Choice | null) => void;
  readonly onDetails: (on: boolean) => void;
  /** Null fits the drawing into its room. */
  readonly onZoom: (factor: number | null) => void;
  /** Unfolds all blocks, or folds them. */
  readonly onUnfold: (all: boolean) => void;
  readonly onSave: (format: Format, millimetres: number | null) => void;
}

/** Its name, its file, and what its experiment sets. */
function titleOf({ path, model, given }: Choice): string {
  const set = Object.entries(given).map(([name, value]) => `; ${name}: ${value}`);
  return `${model} (${path}${set.join('')})`;
}

/** What is open, what it is compared with, and how it is saved. */
export class Head {
  readonly dom: HTMLElement;
  readonly #file;
  readonly #model;
  readonly #other;
  #models: readonly Choice[] = [];

  constructor(events: HeadEvents) {
    this.#file = choice('File', events.onOpen);
    this.#model = choice('Model', (key) => events.onModel(this.#models[Number(key)]!));
    this.#other = choice('Beside', (key) =>
      events.onCompare(key === '' ? null : this.#models[Number(key)]!),
    );
    const details = element('input', { type: 'checkbox' });
    details.addEventListener('change', () => events.onDetails(details.checked));
    const width = element('input', {
      type: 'number',
      min: '30',
      max: '500',
      placeholder: '85',
      'aria-label': 'Width in print in millimetres; empty for the screen',
    });
    const millimetres = (): number | null => (width.value === '' ? null : Number(width.value));
    this.dom = element(
      'header',
      {},
      element('h1', {}, 'netc'),
      this.#file.field,
      this.#model.field,
      this.#other.field,
      element('label', {}, details, ' Details'),
      element(
        'span',
        { role: 'group', 'aria-label': 'Blocks' },
        button('Fold', () => events.onUnfold(false), 'Fold all blocks'),
        button('Unfold', () => events.onUnfold(true), 'Unfold all blocks'),
      ),
      element(
        'span',
        { role: 'group', 'aria-label': 'Zoom' },
        button('\u2212', () => events.onZoom(0.8), 'Smaller'),
        button('+', () => events.onZoom(1.25), 'Larger'),
        button('Fit', () => events.onZoom(null)),
      ),
      element(
        'span',
        { role: 'group', 'aria-label': 'Save' },
        ...formats.map((format) => {
          const label = format.toUpperCase();
          return button(label, () => events.onSave(format, millimetres()), `Save as ${label}`);
        }),
        width,
        ' mm',
      ),
    );
  }

  fill(
    paths: readonly string[],
    open: string,
    models: readonly Choice[],
    chosen: Choice,
    other: Choice | null,
  ): void {
    this.#models = models;
    this.#file.fill(
      paths.map((path) => [path, path]),
      open,
    );
    const options = models.map((one, i) => [`${i}`, titleOf(one)] as const);
    const keyOf = (one: Choice): string => `${models.findIndex((each) => isSame(each, one))}`;
    this.#model.fill(options, keyOf(chosen));
    this.#other.fill([['', 'none'], ...options], other ? keyOf(other) : '');
  }
}
