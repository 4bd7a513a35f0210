import { Drawing } from './drawing.js';
import { element } from './elements/elements.js';
import type { Fact } from './facts.js';
import type { ShownBox, Side, SideName, Site, Slice } from './side.js';
import { Tip } from './tip.js';

export interface SightEvents {
  /** Somebody asks for the line of a box. */
  readonly onSite: (site: Site) => void;
  readonly onFold: (side: SideName, box: ShownBox) => void;
  readonly sliceOf: (side: SideName, version: number, i: number) => Promise<Slice | null>;
  /** All of the network is drawn. */
  readonly onDrawn: (boxes: readonly ShownBox[]) => void;
  readonly factsOf: (side: SideName, id: string) => Promise<readonly Fact[]>;
}

/** The drawing of a model, and beside it that of the other variant. */
export class Sight {
  readonly dom = element('section', { class: 'sight', 'aria-label': 'Network' });
  readonly #drawings = element('div', { class: 'drawings' });
  readonly #tip = new Tip();
  readonly #own = this.#drawingOf('own', 'Drawing of the network');
  readonly #other = this.#drawingOf('other', 'Drawing of the variant it is compared with');

  constructor(readonly events: SightEvents) {
    this.#drawings.append(this.#own.dom);
    this.dom.append(this.#drawings);
    document.body.append(this.#tip.dom);
  }

  async show({ own, other }: Readonly<Partial<Record<SideName, Side>>>): Promise<void> {
    this.#tip.hide();
    if (other) this.#drawings.append(this.#other.dom);
    else this.#other.dom.remove();
    const draw = (drawing: Drawing, name: SideName, side: Side | undefined) =>
      side && drawing.show(side, (i) => this.events.sliceOf(name, side.version, i));
    const [isDrawn] = await Promise.all([
      draw(this.#own, 'own', own),
      draw(this.#other, 'other', other),
    ]);
    if (isDrawn) this.events.onDrawn(this.#own.boxes);
  }

  zoom(factor: number | null): void {
    for (const drawing of [this.#own, this.#other]) drawing.zoom(factor);
  }

  /** Whether the text has errors, so that the drawing is of an earlier one. */
  markStale(isStale: boolean): void {
    this.#own.dom.classList.toggle('stale', isStale);
  }

  /** Goes to the line of a box of the drawing. */
  choose(box: ShownBox): void {
    this.#own.highlight(box.id);
    this.#goTo(box);
  }

  #goTo({ site }: ShownBox): void {
    if (site) this.events.onSite(site);
  }

  /** Marks the innermost box that is applied where the cursor is. */
  followCursor(path: string, offset: number): void {
    if (this.#own.dom.contains(document.activeElement)) return;
    let nearest: { id: string; length: number } | null = null;
    for (const { id, site } of this.#own.boxes) {
      if (site?.path !== path || site.start > offset || site.end < offset) continue;
      const length = site.end - site.start;
      if (!nearest || length < nearest.length) nearest = { id, length };
    }
    this.#own.highlight(nearest?.id ?? null);
  }

  #drawingOf(side: SideName, label: string): Drawing {
    return new Drawing(label, {
      onChoose: (box) => this.#goTo(box),
      onFold: (box) => this.events.onFold(side, box),
      onPoint: (box, at) => {
        if (!box || !at) this.#tip.hide();
        else this.#tip.show(box, this.events.factsOf(side, box.id), at);
      },
    });
  }
}
