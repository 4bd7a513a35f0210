import { choice, element, type Options } from '../elements/elements.js';
import { gradient } from './colour-scale.js';
import { numberOf, rangeOf } from './heat.js';
import { HeatMap } from './heat-map.js';
import type { Mapped, Opened, Tried, Wanted } from './messages.js';
import { type Choice, ValueChoice } from './value-choice.js';
import { mapWordsOf } from './words.js';

export interface ValueEvents {
  readonly onAsk: (wanted: Wanted) => Promise<Mapped>;
  /** Whether the mask is what is shown. */
  readonly onMask: (isShown: boolean) => void;
  readonly onProblem: (message: string) => void;
}

/** Where a reader chooses what lies over the image: the mask, or a value that the network computes on the way. */
export class ValuePanel {
  readonly dom = element('div', { class: 'values' });
  readonly map = new HeatMap();
  readonly #show = new ValueChoice((chosen) => this.#choose(chosen));
  readonly #channel = choice('Channel', (channel) => this.#hold(channel));
  readonly #opacity = element('input', { type: 'range', min: '0', max: '1', step: '0.05' });
  readonly #least = element('span');
  readonly #greatest = element('span');
  readonly #said = element('p', { class: 'map-said', role: 'status' });
  /** What is there of a value, and not of the mask. */
  readonly #rest: readonly HTMLElement[];
  readonly #beside = element('div', { class: 'beside' });
  #opened: Opened | null = null;
  #tried: Tried | null = null;
  /** What is asked for, or is to be next; null where nothing is. */
  #wanted: Wanted | null = null;
  /** Rises where what is under way is wanted no more. */
  #count = 0;

  constructor(readonly events: ValueEvents) {
    const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
    bar.style.background = gradient();
    this.#rest = [
      element('label', {}, 'Opacity ', this.#opacity),
      element('span', { class: 'scale' }, this.#least, bar, this.#greatest),
      this.map.told,
      this.#said,
    ];
    this.#opacity.value = '0.75';
    this.#opacity.addEventListener('input', () => this.#fade());
    this.#fade();
  }

  /** The values of a network; what was chosen of the one before is chosen again where this one has it. */
  open(opened: Opened): void {
    const { chosen } = this.#show;
    const name = chosen === 'mask' ? undefined : this.#opened?.values[chosen]?.name;
    const same = opened.values.findIndex((value) => value.name === name);
    this.#opened = opened;
    this.#show.fill(opened.values);
    this.#show.chosen = name === undefined || same < 0 ? 'mask' : same;
  }

  /** Over an image that the network has answered. */
  show(tried: Tried): void {
    this.#tried = tried;
    this.dom.replaceChildren(this.#show.dom, this.#beside);
    this.#choose(this.#show.chosen);
  }

  /** As without an image. */
  clear(): void {
    this.#count++;
    this.#wanted = this.#tried = null;
    this.map.hide();
    this.dom.replaceChildren();
  }

  /** As before the first choice: the mask is the next to be shown. */
  forget(): void {
    this.#show.chosen = 'mask';
  }

  #choose(chosen: Choice): void {
    this.#empty();
    this.events.onProblem('');
    const value = chosen === 'mask' ? undefined : this.#opened?.values[chosen];
    this.events.onMask(!value);
    // The list stays where it is, and the focus with it.
    this.#beside.replaceChildren();
    if (!value) {
      this.#beside.append(...this.#left());
      return;
    }
    if (value.channels > 1) {
      this.#channel.fill(channelsOf(value.channels), 'all');
      this.#beside.append(this.#channel.field);
    }
    this.#beside.append(...this.#rest);
    this.#hold('all', value.channels);
  }

  /** That some have names and are not there. */
  #left(): readonly HTMLElement[] {
    const { others } = this.#opened!;
    const which = others === 1 ? '1 named value is no map' : `${others} named values are no maps`;
    const words = `${which} of the image, for want of height and width, and cannot be shown`;
    return others > 0 ? [element('span', { class: 'of' }, words)] : [];
  }

  #empty(): void {
    this.map.hide();
    this.#said.textContent = this.#least.textContent = this.#greatest.textContent = '';
  }

  #fade(): void {
    this.map.opacity = Number(this.#opacity.value);
  }

  /** Of several choices that come while one is computed, the last is the next. */
  #hold(channel: string, channels = 0): void {
    const value = this.#show.chosen;
    if (value === 'mask') return;
    this.#empty();
    const isBusy = this.#wanted !== null;
    this.#wanted = {
      value,
      channel: channels === 1 ? 0 : channel === 'all' ? null : Number(channel),
    };
    if (!isBusy) void this.#follow(this.#count);
  }

  async #follow(count: number): Promise<void> {
    for (let asked: Wanted | null = null; asked !== this.#wanted; ) {
      asked = this.#wanted!;
      let problem = '';
      const map = await this.events.onAsk(asked).catch((error: Error) => {
        problem = error.message;
        return null;
      });
      if (count !== this.#count) return;
      if (asked !== this.#wanted || this.#show.chosen !== asked.value) continue;
      this.events.onProblem(problem);
      if (map) this.#paint(asked, map);
    }
    this.#wanted = null;
  }

  #paint({ value, channel }: Wanted, map: Mapped): void {
    const range = rangeOf(map.data);
    const words = mapWordsOf(this.#opened!.values[value]!, channel, map, range);
    this.map.show(map, range, this.#tried!, words.split('\n')[0]!);
    this.#said.textContent = words;
    this.#least.textContent = numberOf(range.least);
    this.#greatest.textContent = numberOf(range.greatest);
  }
}

const channelsOf = (count: number): Options => [
  ['all', 'mean of the absolute values'],
  ...Array.from({ length: count }, (_, i) => [`${i}`, `${i}`] as const),
];
