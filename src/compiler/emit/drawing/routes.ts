import type { Cell, Grid } from './grid.js';
import type { Net, Scope, Target } from './scope.js';
import { Tracks } from './tracks.js';

/**
 * How a tensor gets to a box. `straight` runs along the row, `upright` along the column; both meet no box. All others run
 * between the columns and between the rows, where there are none: along the channel left of column `enter`, and where that
 * is not the one right of the source, `leave`, along the channel above row `above`.
 */
export type Way =
  | { readonly kind: 'straight' }
  | { readonly kind: 'upright' }
  | { readonly kind: 'beside'; readonly channel: number }
  | {
      readonly kind: 'around';
      readonly leave: number;
      readonly above: number;
      readonly enter: number;
    };

export interface Route {
  readonly net: Net;
  readonly target: Target;
  readonly way: Way;
}

/** The ways of all tensors of a scope, and which track of each channel they have. */
export interface Routes {
  readonly routes: readonly Route[];
  /** Left of each column, and right of the last. */
  readonly columns: readonly Tracks[];
  /** Above each row, and below the last. */
  readonly rows: readonly Tracks[];
  /** Rows of what comes from outside and of what leaves, by the tensor. */
  readonly entries: ReadonlyMap<string, Pin>;
  readonly exits: ReadonlyMap<string, Pin>;
}

/** Where a tensor passes the border of a scope. */
export interface Pin {
  readonly row: number;
  /** The first of a row may lie on the middle of it, where it runs straight on; the others lie under one another. */
  readonly rank: number;
}

/** Finds a way for each target of each net. `isMiddle` tells whether a box takes a tensor at its middle, and whether it gives it there. */
export function routesOf(
  { boxes, nets }: Scope,
  grid: Grid,
  isMiddle: (box: string, key: string, side: 'in' | 'out') => boolean,
): Routes {
  const leaves = new Set(boxes.flatMap(({ id, children }) => (children.length === 0 ? [id] : [])));
  const finder = new Finder(grid, leaves, isMiddle);
  finder.pin([...nets.values()]);
  const routes = [...nets.values()].flatMap((net) =>
    net.targets.map((target) => ({ net, target, way: finder.wayOf(net, target) })),
  );
  for (const route of routes) finder.claim(route);
  const { columns, rows, entries, exits } = finder;
  return { routes, columns, rows, entries, exits };
}

class Finder {
  readonly columns: readonly Tracks[];
  readonly rows: readonly Tracks[];
  readonly entries = new Map<string, Pin>();
  readonly exits = new Map<string, Pin>();
  /** Sides of boxes that something meets upright. */
  readonly #met = new Map<string, string>();

  constructor(
    readonly grid: Grid,
    readonly leaves: ReadonlySet<string>,
    readonly isMiddle: (box: string, key: string, side: 'in' | 'out') => boolean,
  ) {
    this.columns = Array.from({ length: grid.columns + 1 }, () => new Tracks());
    this.rows = Array.from({ length: grid.rows + 1 }, () => new Tracks());
  }

  /** Gives each tensor that passes the border a place: beside what takes it first, or what gives it. */
  pin(nets: readonly Net[]): void {
    const ranks = new Map<string, number>();
    const pinned = (side: 'in' | 'out', box: string | null | undefined, key: string): Pin => {
      const cell = box ? this.grid.cells.get(box) : undefined;
      const row = cell?.row ?? 0;
      const isClear =
        cell === undefined ||
        (side === 'in'
          ? this.grid.isClearAlong(row, -1, cell.column)
          : this.grid.isClearAlong(row, cell.column, this.grid.columns));
      const first = isClear && box && this.isMiddle(box, key, side) ? 0 : 1;
      const rank = Math.max(ranks.get(`${side} ${row}`) ?? 0, first);
      ranks.set(`${side} ${row}`, rank + 1);
      return { row, rank };
    };
    for (const { key, from, targets } of nets) {
      if (from === null) this.entries.set(key, pinned('in', targets[0]?.to, key));
      if (targets.some(({ to }) => to === null)) this.exits.set(key, pinned('out', from, key));
    }
  }

  /** Where a net starts: what comes from outside is left of the first column. */
  cellOf({ key, from }: Net): Cell {
    if (from === null) return { row: this.entries.get(key)!.row, column: -1 };
    return this.grid.cells.get(from)!;
  }

  /** Where it ends: what leaves is right of the last column. */
  endOf({ key }: Net, { to }: Target): Cell {
    if (to === null) return { row: this.exits.get(key)!.row, column: this.grid.columns };
    return this.grid.cells.get(to)!;
  }

  wayOf(net: Net, target: Target): Way {
    const [start, end] = [this.cellOf(net), this.endOf(net, target)];
    if (!net.back && this.#isStraight(net, target, start, end)) return { kind: 'straight' };
    if (!net.back && this.#isUpright(net, target, start, end)) return { kind: 'upright' };
    const [leave, enter] = [start.column + 1, end.column];
    if (leave === enter) return { kind: 'beside', channel: enter };
    // Between both rows beside the row it comes to; in one row over it.
    const above = start.row > end.row ? end.row + 1 : end.row;
    return { kind: 'around', leave, above, enter };
  }

  #isStraight(net: Net, { to }: Target, start: Cell, end: Cell): boolean {
    if (start.row !== end.row || start.column >= end.column) return false;
    if (!this.grid.isClearAlong(start.row, start.column, end.column)) return false;
    const { key, from } = net;
    const leaves =
      from === null ? this.entries.get(key)!.rank === 0 : this.isMiddle(from, key, 'out');
    const arrives = to === null ? this.exits.get(key)!.rank === 0 : this.isMiddle(to, key, 'in');
    return leaves && arrives;
  }

  /** Leaves alone have an upper and a lower side to come to. */
  #isUpright({ key, from }: Net, { to }: Target, start: Cell, end: Cell): boolean {
    if (from === null || to === null) return false;
    if (start.column !== end.column || start.row === end.row) return false;
    if (!this.leaves.has(from) || !this.leaves.has(to)) return false;
    if (!this.grid.isClearDown(start.column, start.row, end.row)) return false;
    const down = start.row < end.row;
    const sides = [`${from} ${down ? 'below' : 'above'}`, `${to} ${down ? 'above' : 'below'}`];
    if (sides.some((side) => this.#met.has(side) && this.#met.get(side) !== key)) return false;
    for (const side of sides) this.#met.set(side, key);
    return true;
  }

  /** Takes the stretches of channels that a way runs along. */
  claim({ net, target, way }: Route): void {
    if (way.kind === 'straight' || way.kind === 'upright') return;
    const [start, end] = [this.cellOf(net), this.endOf(net, target)];
    const { key } = net;
    const [from, to] = [2 * start.row + 1, 2 * end.row + 1];
    if (way.kind === 'beside') {
      this.columns[way.channel]!.claim(key, from, to);
      return;
    }
    const { leave, above, enter } = way;
    this.columns[leave]!.claim(key, from, 2 * above);
    this.rows[above]!.claim(key, leave, enter);
    this.columns[enter]!.claim(key, 2 * above, to);
  }
}
