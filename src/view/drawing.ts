import { element } from './elements/elements.js';
import type { ShownBox, Side, Slice } from './side.js';

export interface DrawingEvents {
  readonly onChoose: (box: ShownBox) => void;
  readonly onFold: (box: ShownBox) => void;
  /** The pointer or the keyboard is on a box, or on none. */
  readonly onPoint: (box: ShownBox | null, at: DOMRect | null) => void;
}

/** A drawing in the page: its boxes are chosen by click and Enter, folded by their knob and Space; arrows move between them. */
export class Drawing {
  readonly dom = element('div', { class: 'drawing', tabindex: '0', role: 'application' });
  #side: Side | undefined;
  #boxes = new Map<string, ShownBox>();
  #current: string | null = null;
  #task = 0;
  /** Null where the drawing is as wide as there is room. */
  #zoom: number | null = null;

  constructor(
    label: string,
    readonly events: DrawingEvents,
  ) {
    this.dom.setAttribute('aria-label', label);
    this.dom.setAttribute(
      'aria-description',
      'Arrow keys move between boxes, Enter goes to the line, Space folds. The outline below lists them.',
    );
    this.dom.addEventListener('click', (event) => this.#click(event));
    this.dom.addEventListener('keydown', (event) => this.#key(event));
    this.dom.addEventListener('pointerover', (event) => this.#point(event.target));
    this.dom.addEventListener('pointerleave', () => events.onPoint(null, null));
    new ResizeObserver(() => this.#resize()).observe(this.dom);
  }

  /**
   * Draws anew, slice by slice, so that the page answers in between; where it was scrolled to stays, and what was drawn before
   * until there is something of the new. Resolves once all is drawn, to false where another drawing came first.
   */
  async show(side: Side, sliceOf: (i: number) => Promise<Slice | null>): Promise<boolean> {
    const task = ++this.#task;
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', `0 0 ${side.width} ${side.height}`);
    svg.setAttribute('font-family', 'Helvetica, Arial, sans-serif');
    svg.setAttribute('aria-hidden', 'true');
    const boxes = new Map<string, ShownBox>();
    for (let i = 0; i < side.count; i++) {
      const slice = await sliceOf(i);
      if (!slice || task !== this.#task) return false;
      svg.append(...groupsOf(slice.svg));
      for (const box of slice.boxes) boxes.set(box.id, box);
      if (i === 0) {
        [this.#side, this.#boxes] = [side, boxes];
        this.dom.replaceChildren(svg);
        this.#resize();
      }
    }
    if (this.#current !== null) this.highlight(this.#current);
    return true;
  }

  /** In the order in which they are applied. */
  get boxes(): readonly ShownBox[] {
    return [...this.#boxes.values()].sort((a, b) => orderOf(a) - orderOf(b));
  }

  /** Larger or smaller by a factor; null fits it into its room again. */
  zoom(factor: number | null): void {
    this.#zoom = factor === null ? null : Math.min(4, Math.max(0.1, this.#scale() * factor));
    this.#resize();
  }

  /** What does not fit is made smaller as long as it stays legible, and scrolled beyond. */
  #scale(): number {
    const room = this.dom.clientWidth - 16;
    return this.#zoom ?? Math.min(1.25, Math.max(0.7, room / (this.#side?.width ?? room)));
  }

  #resize(): void {
    const [svg, scale] = [this.dom.firstElementChild, this.#scale()];
    if (!svg || !this.#side) return;
    svg.setAttribute('width', `${this.#side.width * scale}`);
    svg.setAttribute('height', `${this.#side.height * scale}`);
  }

  /** Marks a box, as the one that the cursor of the editor is in. */
  highlight(id: string | null): void {
    for (const group of this.dom.querySelectorAll('.current')) group.classList.remove('current');
    this.#current = id;
    if (id !== null) this.#groupOf(id)?.classList.add('current');
  }

  #boxAt(target: EventTarget | null): ShownBox | undefined {
    const group = target instanceof Element ? target.closest<SVGElement>('g[data-box]') : null;
    return this.#boxes.get(group?.dataset.box ?? '');
  }

  #click({ target }: MouseEvent): void {
    const box = this.#boxAt(target);
    if (!box) return;
    this.highlight(box.id);
    const isKnob = target instanceof Element && target.closest('.knob');
    if (isKnob) this.events.onFold(box);
    else this.events.onChoose(box);
  }

  #point(target: EventTarget | null): void {
    const box = this.#boxAt(target);
    const place = box ? this.#groupOf(box.id)?.getBoundingClientRect() : undefined;
    this.events.onPoint(box ?? null, place ?? null);
  }

  #key(event: KeyboardEvent): void {
    const box = this.#boxes.get(this.#current ?? '');
    const to = this.#neighbour(event.key);
    if (to !== undefined) {
      this.highlight(to);
      const group = this.#groupOf(to);
      group?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      this.events.onPoint(this.#boxes.get(to)!, group?.getBoundingClientRect() ?? null);
    } else if (event.key === 'Enter' && box) this.events.onChoose(box);
    else if (event.key === ' ' && box?.folds) this.events.onFold(box);
    else if (event.key === 'Escape') this.events.onPoint(null, null);
    else return;
    event.preventDefault();
  }

  /** The box that a key moves to, in the order in which boxes compute. */
  #neighbour(key: string): string | undefined {
    const ids = this.boxes.map(({ id }) => id);
    const at = this.#current === null ? -1 : ids.indexOf(this.#current);
    if (key === 'ArrowRight' || key === 'ArrowDown') return ids[at + 1];
    if (key === 'ArrowLeft' || key === 'ArrowUp') return ids[Math.max(0, at - 1)];
    if (key === 'Home') return ids[0];
    return key === 'End' ? ids.at(-1) : undefined;
  }

  #groupOf(id: string): Element | null {
    return this.dom.querySelector(`g[data-box="${CSS.escape(id)}"]`);
  }
}

/** Their ids are numbered in the order of the text. */
const orderOf = ({ id }: ShownBox): number => Number(id.slice(1));

/** SVG elements from a text whose every name is escaped. */
function groupsOf(text: string): readonly Element[] {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${text}</svg>`;
  const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  return [...documentElement.children].map((child) => document.importNode(child, true));
}
