import { headingOf } from '../compiler/emit/diagram/labels.js';
import { element } from './elements/elements.js';
import type { Fact } from './facts.js';
import type { ShownBox } from './side.js';

/** What is known of the box that the pointer or the keyboard is on, beside it; a screen reader says it. */
export class Tip {
  readonly dom = element('div', { class: 'tip', role: 'status', hidden: '' });
  #box: ShownBox | null = null;

  async show(box: ShownBox, facts: Promise<readonly Fact[]>, at: DOMRect): Promise<void> {
    this.#box = box;
    const known = await facts;
    // The pointer may have gone on.
    if (this.#box === box) this.#place(box, known, at);
  }

  #place(box: ShownBox, facts: readonly Fact[], at: DOMRect): void {
    const rows = facts.flatMap(([name, value]) => [
      element('dt', {}, name),
      element('dd', {}, value),
    ]);
    this.dom.replaceChildren(element('strong', {}, headingOf(box)), element('dl', {}, ...rows));
    this.dom.hidden = false;
    const { width, height } = this.dom.getBoundingClientRect();
    const left = Math.max(4, Math.min(at.left, innerWidth - width - 4));
    const below = at.bottom + 6;
    const top = below + height > innerHeight ? Math.max(4, at.top - height - 6) : below;
    this.dom.style.left = `${left}px`;
    this.dom.style.top = `${top}px`;
  }

  hide(): void {
    this.#box = null;
    this.dom.hidden = true;
  }
}
