import type { Box } from '../diagram/diagram.js';
import type { Net, Scope } from './scope.js';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where the boxes of a scope stand in a grid. */
export interface Grid {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly rows: number;
  readonly columns: number;
  /** The box in a cell. */
  at(row: number, column: number): string | undefined;
  /** Whether no box stands in the row between two columns. */
  isClearAlong(row: number, from: number, to: number): boolean;
  /** Whether no box stands in the column between two rows. */
  isClearDown(column: number, from: number, to: number): boolean;
}

/**
 * Puts the maps of one size in one row, the image's own on top: going down a row halves. What changes the size stands between
 * two rows, if all it takes is of another size. From left to right boxes stand in the order in which they compute; one under
 * the other where the second takes what the first gives, which makes the sides of a U.
 */
export function gridOf({ boxes, nets }: Scope): Grid {
  const placing = new Placing(boxes, [...nets.values()]);
  for (const box of boxes) placing.place(box);
  return placing.grid();
}

/** A row before all are known: twice the level, odd between levels; lanes above lane 0 hold what runs side by side. */
interface Spot {
  readonly half: number;
  lane: number;
  column: number;
}

class Placing {
  readonly #spots = new Map<string, Spot>();
  readonly #taken = new Set<string>();
  readonly #sources = new Map<string, string[]>();
  readonly #targets = new Map<string, number>();
  readonly #levels: ReadonlyMap<string, number>;
  readonly #frames: ReadonlySet<string>;

  constructor(
    readonly boxes: readonly Box[],
    nets: readonly Net[],
  ) {
    this.#levels = new Map(boxes.map((box) => [box.id, levelOf(box)]));
    const frames = boxes.filter(({ children }) => children.length > 0);
    this.#frames = new Set(frames.map(({ id }) => id));
    for (const { from, targets, back } of nets) {
      if (from === null || back) continue;
      this.#targets.set(from, (this.#targets.get(from) ?? 0) + targets.length);
      for (const { to } of targets) {
        if (to === null || to === from) continue;
        const before = this.#sources.get(to);
        if (before) before.push(from);
        else this.#sources.set(to, [from]);
      }
    }
  }

  place(box: Box): void {
    // A source that stands later in the order would be one of a loop.
    const sources = (this.#sources.get(box.id) ?? []).filter((id) => this.#spots.has(id));
    const half = this.#halfOf(box, sources);
    const spots = sources.map((id) => this.#spots.get(id)!);
    const beside = spots.filter((spot) => spot.half === half);
    const spot = {
      half,
      lane: Math.min(...(beside.length > 0 ? beside.map(({ lane }) => lane) : [0])),
      column: Math.max(0, ...sources.map((source) => this.#columnAfter(source, box, half))),
    };
    // A second branch of what comes from another row stands aside, so that lines come to it from the left.
    const isBranch = half % 2 === 0 && sources.length > 0 && beside.length === 0;
    if (isBranch && this.#taken.has(keyOf(spot))) {
      spot.column++;
      spot.lane++;
    }
    // What stands between rows keeps to one lane, so that the rows stay near each other.
    while (this.#taken.has(keyOf(spot))) half % 2 === 0 ? spot.lane++ : spot.column++;
    this.#spots.set(box.id, spot);
    this.#taken.add(keyOf(spot));
    if (this.#frames.has(box.id)) return;
    for (const id of sources) this.#drawNear(id, spot);
  }

  /** Of what halves or doubles all that it takes, the row between. */
  #halfOf({ id, children }: Box, sources: readonly string[]): number {
    const level = this.#levels.get(id)!;
    const others = sources.map((source) => this.#levels.get(source)!);
    if (others.length === 0 || children.length > 0) return 2 * level;
    if (others.every((other) => other < level)) return 2 * level - 1;
    if (others.every((other) => other > level)) return 2 * level + 1;
    return 2 * level;
  }

  /** The first column in which a box in the row `half` may stand that takes what `source` gives. Frames are left on the right. */
  #columnAfter(source: string, box: Box, half: number): number {
    const { half: from, column } = this.#spots.get(source)!;
    if (from === half || this.#frames.has(source) || this.#frames.has(box.id)) return column + 1;
    const [low, high] = [Math.min(from, half), Math.max(from, half)];
    for (let between = low + 1; between < high; between++) {
      if (this.#taken.has(keyOf({ half: between, lane: 0, column }))) return column + 1;
    }
    return column;
  }

  /** Moves what leads to one leaf only, from the row next to it, into its column. */
  #drawNear(id: string, { half, column }: Spot): void {
    const spot = this.#spots.get(id)!;
    const moved = { ...spot, column };
    const isStair = spot.half % 2 !== 0 && Math.abs(spot.half - half) === 1;
    if (!isStair || spot.column >= column || this.#targets.get(id) !== 1) return;
    if (this.#taken.has(keyOf(moved))) return;
    this.#taken.delete(keyOf(spot));
    this.#taken.add(keyOf(moved));
    this.#spots.set(id, moved);
  }

  grid(): Grid {
    const keys = new Map<string, Spot>();
    for (const spot of this.#spots.values()) keys.set(`${spot.half} ${spot.lane}`, spot);
    const order = [...keys.values()].sort((a, b) => a.half - b.half || b.lane - a.lane);
    const rows = new Map(order.map(({ half, lane }, row) => [`${half} ${lane}`, row]));
    const used = [...new Set([...this.#spots.values()].map(({ column }) => column))];
    const columns = new Map(used.sort((a, b) => a - b).map((column, i) => [column, i]));
    const cells = new Map<string, Cell>();
    for (const [id, { half, lane, column }] of this.#spots) {
      cells.set(id, { row: rows.get(`${half} ${lane}`)!, column: columns.get(column)! });
    }
    return new PlacedGrid(cells, rows.size, columns.size);
  }
}

const keyOf = ({ half, lane, column }: Spot): string => `${half} ${lane} ${column}`;

/** Of a frame, that of what it gives. */
const levelOf = ({ level, children }: Box): number => {
  const last = children.at(-1);
  return last ? levelOf(last) : level;
};

class PlacedGrid implements Grid {
  readonly #boxes = new Map<string, string>();
  readonly #inRow = new Map<number, number[]>();
  readonly #inColumn = new Map<number, number[]>();

  constructor(
    readonly cells: ReadonlyMap<string, Cell>,
    readonly rows: number,
    readonly columns: number,
  ) {
    const add = (lines: Map<number, number[]>, line: number, at: number): void => {
      const known = lines.get(line);
      if (known) known.push(at);
      else lines.set(line, [at]);
    };
    for (const [id, { row, column }] of cells) {
      this.#boxes.set(`${row} ${column}`, id);
      add(this.#inRow, row, column);
      add(this.#inColumn, column, row);
    }
    for (const line of [...this.#inRow.values(), ...this.#inColumn.values()]) {
      line.sort((a, b) => a - b);
    }
  }

  at(row: number, column: number): string | undefined {
    return this.#boxes.get(`${row} ${column}`);
  }

  isClearAlong(row: number, from: number, to: number): boolean {
    return isClear(this.#inRow.get(row) ?? [], from, to);
  }

  isClearDown(column: number, from: number, to: number): boolean {
    return isClear(this.#inColumn.get(column) ?? [], Math.min(from, to), Math.max(from, to));
  }
}

/** Whether no number of a rising list is between two, themselves left out. */
function isClear(line: readonly number[], from: number, to: number): boolean {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (line[middle]! > from) high = middle;
    else low = middle + 1;
  }
  return low === line.length || line[low]! >= to;
}
