import { element } from './elements/elements.js';
import { outlineOf } from './outline.js';
import type { ShownBox } from './side.js';

/** Under the drawing: what it costs, the sliders, what is wrong, and the outline. */
export class Foot {
  readonly dom = element('div', { class: 'foot' });
  readonly #costs = element('p', { class: 'costs', 'aria-live': 'polite' });
  readonly #problem = element('p', { class: 'problem', role: 'status' });
  readonly #saved = element('p', { class: 'saved', role: 'status' });
  readonly #outline = element(
    'details',
    { class: 'outline' },
    element('summary', {}, 'Outline of the drawing'),
  );
  readonly #difference = element('details', { hidden: '' }, element('summary', {}, 'What differs'));
  readonly #words = element('pre', { tabindex: '0', 'aria-label': 'What differs' });
  #boxes: readonly ShownBox[] = [];

  constructor(
    controls: HTMLElement,
    readonly onChoose: (box: ShownBox) => void,
  ) {
    this.#difference.append(this.#words);
    this.dom.append(
      this.#costs,
      controls,
      this.#problem,
      this.#saved,
      this.#difference,
      this.#outline,
    );
    this.#outline.addEventListener('toggle', () => this.#list());
  }

  /** A line of each network; `memory` is known a little later. */
  costs(lines: readonly string[], memory: readonly string[] = []): void {
    this.#costs.textContent = lines.map((line, i) => line + (memory[i] ?? '')).join('\n');
  }

  /** How the one beside it differs from the network; empty where there is none. */
  differs(words: string): void {
    this.#difference.hidden = words === '';
    this.#words.textContent = words;
  }

  tell(problems: readonly string[]): void {
    const rest = problems.length > 3 ? [`and ${problems.length - 3} more`] : [];
    this.#problem.textContent = [...problems.slice(0, 3), ...rest].join('\n');
  }

  /** What there is to say of what was saved; empty for nothing. */
  saved(words: string): void {
    this.#saved.textContent = words;
  }

  outline(boxes: readonly ShownBox[]): void {
    this.#boxes = boxes;
    this.#list();
  }

  #list(): void {
    if (!this.#outline.open) return;
    const [summary] = this.#outline.children;
    this.#outline.replaceChildren(summary!, outlineOf(this.#boxes, this.onChoose));
  }
}
