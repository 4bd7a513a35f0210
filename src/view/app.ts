import { usualSize } from '../compiler/cost/usual-size.js';
import { Controls } from './controls.js';
import { type Editor, makeEditor } from './editor.js';
import { element, settled } from './elements/elements.js';
import { save } from './exports.js';
import { Foot } from './foot.js';
import { Head } from './head.js';
import type { PageData } from './page-data.js';
import { type Choice, choiceOf } from './project.js';
import type { Remote } from './remote.js';
import type { Look, Wish } from './service.js';
import type { SideName, Site } from './side.js';
import { Sight } from './sight.js';

/** What a page shows: one model of the texts, perhaps beside another one. */
export class App {
  readonly #paths: readonly string[];
  readonly #sight: Sight;
  readonly #foot: Foot;
  readonly #controls: Controls;
  readonly #editor: Editor;
  readonly #head: Head;
  readonly #unfolded: Record<SideName, Map<string, boolean>> = { own: new Map(), other: new Map() };
  /** The file in the editor. */
  #open: string;
  #wish: Wish;
  #models: readonly Choice[] = [];
  #count = 0;
  #hasErrors = false;

  constructor(
    readonly data: PageData,
    readonly service: Remote,
  ) {
    const { texts, viewed, nonce } = data;
    this.#paths = Object.keys(texts);
    const [first, second] = viewed.map(choiceOf);
    const choice = first ?? { path: this.#paths[0] ?? '', model: undefined, set: {}, given: {} };
    this.#open = choice.path;
    this.#wish = {
      choice,
      // Two that are named are compared.
      other: viewed.length === 2 ? second! : null,
      size: usualSize,
      details: false,
      depth: null,
      unfolded: this.#unfolded,
    };
    this.#sight = new Sight({
      onSite: (site) => this.#goTo(site),
      onFold: (side, box) => {
        this.#unfolded[side].set(box.path, box.inside === 0);
        this.#renew();
      },
      sliceOf: (side, version, i) => service.slice(side, version, i),
      onDrawn: (boxes) => this.#foot.outline(boxes),
      factsOf: (side, id) => service.facts(side, id, this.#wish.size),
    });
    this.#editor = makeEditor(texts, service, nonce, {
      onEdit: (path, text) => {
        void service.update(path, text);
        this.#soon();
      },
      onMove: (path, offset) => this.#sight.followCursor(path, offset),
    });
    this.#controls = this.#makeControls();
    this.#head = this.#makeHead();
    this.#foot = new Foot(this.#controls.dom, (box) => this.#sight.choose(box));
    this.#sight.dom.append(this.#foot.dom);
  }

  get parts(): readonly HTMLElement[] {
    const source = element(
      'section',
      { class: 'source', 'aria-label': 'Source' },
      this.#editor.dom,
    );
    return [this.#head.dom, source, this.#sight.dom];
  }

  begin(): void {
    this.#editor.open(this.#open);
    void this.#renew();
  }

  /** Tells of what should not happen. */
  fail(message: string): void {
    this.#foot.tell([`the page failed: ${message}`]);
  }

  #makeControls(): Controls {
    return new Controls({
      onSet: (name, value) => {
        const { choice } = this.#wish;
        this.#want({ choice: { ...choice, set: { ...choice.set, [name]: value } } });
      },
      onSize: (size) => {
        this.#wish = { ...this.#wish, size };
        void this.#showCosts();
      },
      onReset: () => {
        const { choice } = this.#wish;
        this.#want({ choice: { ...choice, set: choice.given }, size: usualSize });
      },
    });
  }

  #makeHead(): Head {
    return new Head({
      onOpen: (path) => this.#openFile(path),
      onModel: (choice) => this.#chooseModel(choice),
      onCompare: (other) => this.#want({ other }),
      onDetails: (details) => this.#want({ details }),
      onUnfold: (all) => this.#unfoldTo(all ? 1000 : 0),
      onZoom: (factor) => this.#sight.zoom(factor),
      onSave: async (format, millimetres) => {
        const problem = await save(this.service, format, millimetres);
        const before = 'Saved as it was before the errors.';
        this.#foot.saved(problem ?? (this.#hasErrors ? before : ''));
      },
    });
  }

  readonly #soon = settled(120, () => void this.#renew());

  #want(change: Partial<Wish>): void {
    this.#wish = { ...this.#wish, ...change };
    this.#soon();
  }

  #unfoldTo(depth: number | null): void {
    for (const unfolded of Object.values(this.#unfolded)) unfolded.clear();
    this.#want({ depth });
  }

  #goTo({ path, start, end }: Site): void {
    if (path !== this.#open) this.#openFile(path);
    this.#editor.reveal(start, end);
  }

  #openFile(path: string): void {
    this.#open = path;
    this.#editor.open(path);
    // The model in sight stays; a reader chooses another by its name.
    this.#fillHead();
  }

  #chooseModel(choice: Choice): void {
    this.#unfoldTo(null);
    this.#want({ choice });
    if (choice.path !== this.#open) this.#openFile(choice.path);
  }

  #fillHead(): void {
    const { choice, other } = this.#wish;
    this.#head.fill(this.#paths, this.#open, this.#models, choice, other);
  }

  /** Asks for all anew; of several answers under way only the last counts. */
  async #renew(): Promise<void> {
    const count = ++this.#count;
    const asked = this.#wish;
    const look = await this.service.look(asked);
    if (count === this.#count) this.#show(look, asked);
  }

  /** @param asked what was wished for then: what a reader has wished since stays */
  #show(look: Look, asked: Wish): void {
    const { models, errors, sides } = look;
    const now = this.#wish;
    const size = now.size === asked.size ? look.size : now.size;
    this.#models = models;
    this.#wish = {
      ...{ ...now, size },
      choice: now.choice === asked.choice ? look.choice : now.choice,
      other: now.other === asked.other ? look.other : now.other,
    };
    this.#fillHead();
    this.#foot.tell(errors);
    this.#foot.saved('');
    this.#hasErrors = !sides.own;
    this.#sight.markStale(this.#hasErrors);
    if (sides.own) {
      void this.#sight.show(sides);
      this.#controls.show(look);
      void this.#showCosts(size === look.size ? look.costs : undefined);
    }
    this.#editor.refresh();
  }

  #later: () => void = () => {};
  readonly #countMemory = settled(400, () => this.#later());

  /** What each network costs at once; what takes longer to find once nothing changes for a while. */
  async #showCosts(known?: readonly string[]): Promise<void> {
    const { size } = this.#wish;
    const lines = known ?? (await this.service.costs(size));
    if (size !== this.#wish.size) return;
    this.#foot.costs(lines);
    this.#later = async () => {
      const [memory, difference] = await Promise.all([
        this.service.memory(size),
        this.service.difference(size),
      ]);
      if (size !== this.#wish.size) return;
      this.#foot.costs(lines, memory);
      this.#foot.differs(difference);
    };
    this.#countMemory();
  }
}
