import { button, choice, element } from '../elements/elements.js';
import { classEntry } from './class-entry.js';
import { Client } from './client.js';
import type { Mapped, Masked, Opened, Tried, Wanted } from './messages.js';
import { paint, paintImage } from './paint.js';
import { ValuePanel } from './value-panel.js';
import { wordsOf } from './words.js';

/** Where a reader gives a trained network an image, and sees its mask over it. */
export class Trial {
  readonly dom: HTMLDialogElement;
  readonly #run = choice('Run', (number) => this.#choose(Number(number)));
  readonly #of = element('p', { class: 'of' });
  readonly #file = element('input', { type: 'file', accept: 'image/png,image/jpeg' });
  readonly #image = element('canvas', { class: 'image' });
  readonly #mask = element('canvas', { class: 'mask', role: 'img' });
  readonly #values = new ValuePanel({
    onAsk: (wanted) => this.#map(wanted),
    onMask: (isShown) => this.#showMask(isShown),
    onProblem: (message) => {
      this.#problem.textContent = message;
    },
  });
  readonly #figure = element(
    'div',
    { class: 'figure', hidden: '' },
    ...[this.#image, this.#mask, ...this.#values.map.layers],
  );
  readonly #slider = element('input', { type: 'range', min: '0', max: '1', step: '0.01' });
  readonly #level = element('output');
  readonly #threshold = element(
    'label',
    { hidden: '' },
    ...['Threshold ', this.#slider, ' ', this.#level],
  );
  readonly #classes = element('ul', { class: 'classes', 'aria-label': 'Classes' });
  readonly #progress = element('progress', { hidden: '', 'aria-label': 'How much is done' });
  readonly #said = element('p', { class: 'said', role: 'status' });
  readonly #problem = element('p', { class: 'problem', role: 'alert' });
  #number = 0;
  #given: File | null = null;
  #client: Client | null = null;
  #opened: Opened | null = null;
  #tried: Tried | null = null;
  /** Rises with each image: what is answered to an earlier one is not shown. */
  #count = 0;
  /** The threshold that a mask is computed for, or is to be next; null where none is. */
  #wanted: number | null = null;

  /** @param runs by their numbers; at least one */
  constructor(readonly runs: readonly string[]) {
    const drop = element('label', { class: 'drop' }, 'Choose or drop a PNG or JPEG image ');
    drop.append(this.#file);
    const close = button('Close', () => this.dom.close());
    this.dom = element(
      'dialog',
      { class: 'trial', 'aria-label': 'Try it' },
      element('div', { class: 'top' }, element('h2', {}, 'Try it'), close),
      ...(runs.length > 1 ? [this.#run.field] : []),
      ...[this.#of, drop, this.#progress, this.#problem, this.#said],
      ...[this.#values.dom, this.#threshold, this.#classes, this.#figure],
    );
    this.#run.fill(
      runs.map((run, i) => [`${i}`, run]),
      '0',
    );
    this.#choose(0);
    this.#listen();
  }

  #listen(): void {
    this.#file.addEventListener('change', () => this.#take(this.#file.files));
    this.#slider.addEventListener('input', () => this.#hold(Number(this.#slider.value)));
    this.dom.addEventListener('close', () => this.#end());
    document.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    });
    // Before the editor, which would take a file for a text.
    document.addEventListener('drop', (event) => this.#drop(event), { capture: true });
  }

  #drop(event: DragEvent): void {
    const files = event.dataTransfer?.files;
    const [first] = files ?? [];
    if (!files || !first || !(this.dom.open || first.type.startsWith('image/'))) return;
    event.preventDefault();
    event.stopPropagation();
    this.open();
    this.#take(files);
  }

  open(): void {
    if (!this.dom.open) this.dom.showModal();
  }

  #choose(number: number): void {
    this.#stop();
    this.#number = number;
    this.#of.textContent = `The network of ${this.runs[number]} as it was trained, in this page: edits of the text do not change it, and the image is not sent anywhere.`;
    if (this.#given) void this.#try(this.#given);
  }

  /** As it was before the first image. */
  #end(): void {
    this.#stop();
    this.#clear();
    this.#progress.hidden = true;
    this.#values.forget();
    this.#given = null;
    this.#file.value = '';
  }

  /** The worker ends, and with it what is under way. */
  #stop(): void {
    this.#count++;
    this.#client?.stop();
    this.#client = null;
    // It is answered no more.
    this.#wanted = null;
    this.#progress.hidden = true;
  }

  #take(files: FileList | null): void {
    const [image] = files ?? [];
    if (!image) return;
    this.#given = image;
    void this.#try(image);
  }

  async #try(image: File): Promise<void> {
    // A network that is busy with another image is not waited for.
    if (!this.#progress.hidden) this.#stop();
    const count = ++this.#count;
    this.#wanted = null;
    const isLast = (): boolean => count === this.#count;
    this.#clear();
    try {
      const client = await this.#started(isLast);
      if (!client) return;
      const tried = await client.try(image, (share) => {
        if (isLast()) this.#progress.value = share;
      });
      const bitmap = await createImageBitmap(image);
      if (!isLast()) return;
      this.#progress.hidden = true;
      this.#show(bitmap, tried);
    } catch (error) {
      if (!isLast()) return;
      this.#progress.hidden = true;
      this.#problem.textContent = (error as Error).message;
    }
  }

  #clear(): void {
    this.#tried = null;
    this.#figure.hidden = this.#threshold.hidden = true;
    this.#classes.replaceChildren();
    this.#values.clear();
    this.#said.textContent = this.#problem.textContent = '';
    this.#progress.removeAttribute('value');
    this.#progress.hidden = false;
  }

  /** Null where another image came meanwhile. */
  async #started(isLast: () => boolean): Promise<Client | null> {
    if (this.#client) return this.#client;
    const { client, opened } = await Client.start(this.#number);
    if (!isLast()) {
      client.stop();
      return null;
    }
    this.#opened = opened;
    this.#client = client;
    this.#values.open(opened);
    return client;
  }

  #show(image: ImageBitmap, tried: Tried): void {
    paintImage(this.#image, image);
    this.#tried = tried;
    const { threshold, classes } = this.#opened!;
    this.#showLevel(threshold ?? 0);
    this.#slider.value = `${threshold}`;
    if (threshold === null) this.#classes.append(...(classes ?? []).map(classEntry));
    this.#figure.hidden = false;
    this.#paint(tried, tried);
    this.#values.show(tried);
  }

  /** What is for the mask goes with it. */
  #showMask(isShown: boolean): void {
    this.#mask.hidden = this.#classes.hidden = !isShown;
    this.#threshold.hidden = !isShown || this.#opened!.threshold === null;
  }

  async #map(wanted: Wanted): Promise<Mapped> {
    const count = this.#count;
    const isLast = (): boolean => count === this.#count;
    this.#progress.removeAttribute('value');
    this.#progress.hidden = false;
    try {
      return await this.#client!.map(wanted, (share) => {
        if (isLast()) this.#progress.value = share;
      });
    } finally {
      if (isLast()) this.#progress.hidden = true;
    }
  }

  #paint(masked: Masked, tried: Tried): void {
    paint(this.#mask, { ...tried, labels: masked.labels });
    const words = wordsOf(masked, tried);
    this.#said.textContent = words;
    this.#mask.setAttribute('aria-label', `Mask over the image: ${words.split('\n')[0]}`);
  }

  #showLevel(threshold: number): void {
    const given = this.#opened?.threshold;
    this.#level.textContent = `${threshold}${threshold === given ? ", the run's own" : ''}`;
  }

  /** Of several thresholds that come while one is computed, the last is the next. */
  #hold(threshold: number): void {
    this.#showLevel(threshold);
    const isBusy = this.#wanted !== null;
    this.#wanted = threshold;
    if (isBusy) return;
    void this.#follow().catch((error: Error) => {
      this.#problem.textContent = error.message;
    });
  }

  async #follow(): Promise<void> {
    const [client, tried, count] = [this.#client, this.#tried, this.#count];
    try {
      for (let next: number | null = null; client && tried && next !== this.#wanted; ) {
        next = this.#wanted!;
        const masked = await client.mask(next);
        if (count !== this.#count) return;
        this.#paint(masked, tried);
      }
    } finally {
      if (count === this.#count) this.#wanted = null;
    }
  }
}
