import { element } from '../elements/elements.js';
import { numberOf, paintHeat, type Range } from './heat.js';
import type { Mapped } from './messages.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How far a key moves the spot, in pixels that the network saw. */
const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A map over the image, which tells the number under the pointer, or under a spot that arrow keys move. */
export class HeatMap {
  readonly #canvas = element('canvas', { class: 'heat', role: 'img', tabindex: '0' });
  readonly #spot = element('div', { class: 'spot', hidden: '' });
  /** What lies over the image. */
  readonly layers = [this.#canvas, this.#spot];
  /** The number at a place. */
  readonly told = element('output');
  #map: Mapped | null = null;
  #at = { x: 0, y: 0 };

  constructor() {
    this.#canvas.addEventListener('pointermove', (event) => this.#point(event));
    this.#canvas.addEventListener('keydown', (event) => this.#step(event));
    this.hide();
  }

  show(map: Mapped, range: Range, size: Size, words: string): void {
    this.#map = map;
    this.#at = { x: Math.floor(map.width / 2), y: Math.floor(map.height / 2) };
    paintHeat(this.#canvas, size, map, range);
    this.#canvas.setAttribute('aria-label', `Map over the image: ${words}`);
    this.#canvas.hidden = false;
    this.#forget();
  }

  hide(): void {
    this.#map = null;
    this.#canvas.hidden = true;
    this.#forget();
  }

  set opacity(opacity: number) {
    this.#canvas.style.opacity = `${opacity}`;
  }

  #forget(): void {
    this.#spot.hidden = true;
    this.told.textContent = '';
  }

  #tell(): void {
    const { x, y } = this.#at;
    const { width, data } = this.#map!;
    this.told.textContent = `${numberOf(data[y * width + x]!)} at ${x}, ${y}`;
  }

  #point({ offsetX, offsetY }: PointerEvent): void {
    if (!this.#map) return;
    const { left, top, width, height } = this.#drawn();
    const x = Math.floor(((offsetX - left) / width) * this.#map.width);
    const y = Math.floor(((offsetY - top) / height) * this.#map.height);
    if (x < 0 || y < 0 || x >= this.#map.width || y >= this.#map.height) return;
    this.#at = { x, y };
    this.#spot.hidden = true;
    this.#tell();
  }

  #step(event: KeyboardEvent): void {
    const move = moves[event.key];
    if (!move || !this.#map) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    const { width, height } = this.#map;
    const within = (value: number, length: number) => Math.min(Math.max(value, 0), length - 1);
    this.#at = {
      x: within(this.#at.x + far * move[0], width),
      y: within(this.#at.y + far * move[1], height),
    };
    const drawn = this.#drawn();
    this.#spot.style.left = `${drawn.left + ((this.#at.x + 0.5) / width) * drawn.width}px`;
    this.#spot.style.top = `${drawn.top + ((this.#at.y + 0.5) / height) * drawn.height}px`;
    this.#spot.hidden = false;
    this.#tell();
  }

  /** Where in the canvas its pixels are: it keeps their shape, and may leave room beside them. */
  #drawn() {
    const { width, height, clientWidth, clientHeight } = this.#canvas;
    const scale = Math.min(clientWidth / width, clientHeight / height);
    const own = { width: width * scale, height: height * scale };
    return {
      ...{ left: (clientWidth - own.width) / 2, top: (clientHeight - own.height) / 2 },
      ...own,
    };
  }
}
