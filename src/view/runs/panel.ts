import {
  type ChartKind,
  type CurveKind,
  chartKinds,
  type RunsView,
} from '../../runtime/viewing/runs-view.js';
import { element, say } from '../elements/elements.js';
import { type Point, putMark } from './chart-mark.js';
import { RunsTable } from './table.js';

/** The part of the page that compares runs: what is wrong with them, their scores, and their curves. */
export class RunsPanel {
  readonly dom = element('main', { class: 'runs' });
  readonly #table = new RunsTable();
  readonly #problem = element('p', { class: 'problem', role: 'status' });
  readonly #notes = element('ul', { class: 'notes', 'aria-live': 'polite' });
  #noted = '';
  readonly #charts = element('div', { class: 'charts' });
  readonly #below = element(
    'div',
    { class: 'below' },
    element('section', {}, element('h2', {}, 'Curves'), this.#charts),
  );
  readonly #drawn = new Map<ChartKind, { readonly svg: string; readonly figure: HTMLElement }>();

  readonly #points = new Map<ChartKind, Point>();

  constructor() {
    const about =
      'Pooled over the pixels of the test images; the best of each column is in bold. A button sorts by its column.';
    this.dom.append(
      this.#problem,
      element('h2', {}, 'Scores'),
      element('p', { class: 'about' }, about),
      this.#table.dom,
      this.#notes,
      this.#below,
    );
  }

  /** Puts a part beside the curves, so that both are in sight. */
  putBeside(part: HTMLElement): void {
    this.#below.prepend(part);
  }

  /** What is wrong with the connection; null for nothing. */
  readonly tell = (problem: string | null): void => say(this.#problem, problem ?? '');

  show({ runs, charts, notes }: RunsView): void {
    this.#table.show(runs);
    const told = runs.flatMap(({ name, problems }) => problems.map((text) => `${name}: ${text}`));
    this.#note([...notes, ...told]);
    const figures = chartKinds.flatMap((kind) => {
      const svg = charts[kind];
      return svg === undefined ? [] : [this.#figure(kind, svg)];
    });
    const none = element('p', { class: 'about' }, 'No run has logged a step yet.');
    this.#charts.replaceChildren(...(figures.length > 0 ? figures : [none]));
  }

  /** What is said again is not read out again. */
  #note(texts: readonly string[]): void {
    const all = texts.join('\n');
    if (all === this.#noted) return;
    this.#noted = all;
    this.#notes.replaceChildren(...texts.map((text) => element('li', {}, ...withCode(text))));
  }

  /** Marks a point of a chart whose axes go from 0 to 1; null marks none. */
  readonly mark = (kind: CurveKind, point: Point | null): void => {
    if (point) this.#points.set(kind, point);
    else this.#points.delete(kind);
    const drawn = this.#drawn.get(kind);
    if (drawn) putMark(drawn.figure, point);
  };

  /** One that has not changed stays. */
  #figure(kind: ChartKind, svg: string): HTMLElement {
    const before = this.#drawn.get(kind);
    if (before?.svg === svg) return before.figure;
    const figure = element('figure', { class: `chart ${kind}` });
    figure.append(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement);
    this.#drawn.set(kind, { svg, figure });
    putMark(figure, this.#points.get(kind) ?? null);
    return figure;
  }
}

/** A text in which commands stand between backquotes. */
const withCode = (text: string): readonly (Node | string)[] =>
  text.split('`').map((part, i) => (i % 2 === 1 ? element('code', {}, part) : part));
