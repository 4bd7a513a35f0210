import { measures } from '../../runtime/metrics/measures.js';
import { bestOf, dash, score } from '../../runtime/reports/ablation/cells.js';
import type { ViewedRun } from '../../runtime/viewing/runs-view.js';
import { button, element } from '../elements/elements.js';

/** A column that the rows may be sorted by. */
interface Column {
  readonly title: string;
  /** For a reader who does not know the short name. */
  readonly meaning: string;
  /** Null where a run has none: it comes last, whatever the direction. */
  readonly valueOf: (run: ViewedRun) => string | number | null;
  readonly textOf: (run: ViewedRun) => string;
  /** What comes first where the column is chosen. */
  readonly first: 'ascending' | 'descending';
  readonly best: (runs: readonly ViewedRun[]) => readonly boolean[];
}

const known = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const words = (title: string, key: 'name' | 'state' | 'model'): Column => ({
  ...{ title, meaning: title, first: 'ascending', best: () => [] },
  valueOf: (run) => run[key],
  textOf: (run) => run[key] ?? dash,
});

const plainNumber = (title: string, meaning: string, key: 'images' | 'threshold'): Column => ({
  ...{ title, meaning, first: 'ascending', best: () => [] },
  valueOf: (run) => known(run[key]),
  textOf: (run) => (known(run[key]) === null ? dash : String(Number(run[key]!.toFixed(4)))),
});

const columns: readonly Column[] = [
  words('run', 'name'),
  words('state', 'state'),
  words('model', 'model'),
  ...measures.map((measure): Column => {
    const { key, title, meaning, digits, better } = measure;
    const own = ({ scores }: ViewedRun) => known(scores?.[key]);
    return {
      ...{ title, meaning, valueOf: own },
      textOf: (run) => score(own(run), digits),
      first: better === 'higher' ? 'descending' : 'ascending',
      best: (runs) => bestOf(measure, runs.map(own)),
    };
  }),
  plainNumber('images', 'test images', 'images'),
  plainNumber('threshold', 'what probabilities are held against', 'threshold'),
];

/** The scores of the runs; a column's button sorts by it, the better first, and once more the other way. */
export class RunsTable {
  readonly dom: HTMLElement;
  readonly #heads: readonly HTMLElement[];
  readonly #body = element('tbody');
  #runs: readonly ViewedRun[] = [];
  #sorted: { readonly by: number; readonly direction: Column['first'] } | null = null;

  constructor() {
    this.#heads = columns.map(({ title, meaning }, i) =>
      element(
        'th',
        { scope: 'col' },
        button(title, () => this.#sortBy(i), `Sort by ${meaning}`),
      ),
    );
    const head = element('thead', {}, element('tr', {}, ...this.#heads));
    const table = element('table', {}, head, this.#body);
    const attributes = { class: 'scores', role: 'region', tabindex: '0', 'aria-label': 'Scores' };
    this.dom = element('div', attributes, table);
  }

  show(runs: readonly ViewedRun[]): void {
    this.#runs = runs;
    this.#fill();
  }

  #sortBy(i: number): void {
    const { first } = columns[i]!;
    const again = this.#sorted?.by === i && this.#sorted.direction === first;
    const other = first === 'ascending' ? 'descending' : 'ascending';
    this.#sorted = { by: i, direction: again ? other : first };
    for (const [n, head] of this.#heads.entries()) {
      if (n === i) head.setAttribute('aria-sort', this.#sorted.direction);
      else head.removeAttribute('aria-sort');
    }
    this.#fill();
  }

  #fill(): void {
    const best = columns.map((column) => column.best(this.#runs));
    const order = [...this.#runs.keys()];
    if (this.#sorted) {
      const { by, direction } = this.#sorted;
      const values = this.#runs.map(columns[by]!.valueOf);
      order.sort((a, b) => compared(values[a]!, values[b]!, direction === 'ascending' ? 1 : -1));
    }
    this.#body.replaceChildren(
      ...order.map((n) => {
        const cells = columns.map(({ textOf }, i) => {
          const text = textOf(this.#runs[n]!);
          if (i === 0) return element('th', { scope: 'row' }, text);
          return element('td', {}, best[i]![n] ? element('strong', {}, text) : text);
        });
        return element('tr', {}, ...cells);
      }),
    );
  }
}

function compared(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * String(a).localeCompare(String(b), 'en', { numeric: true });
}
