import type { Grid } from './grid.js';
import type { Item } from './layout.js';
import type { Pin, Routes } from './routes.js';
import type { Style } from './style.js';
import type { Tracks } from './tracks.js';

/** The measures of a grid. */
export interface Spaces {
  readonly width: number;
  readonly height: number;
  /** By column. */
  readonly lefts: readonly number[];
  readonly widths: readonly number[];
  /** By row: where lines along it run. */
  readonly middles: readonly number[];
  /** Where the first track of each channel is. */
  readonly columnTracks: readonly number[];
  readonly rowTracks: readonly number[];
}

export function spacesOf(
  grid: Grid,
  items: ReadonlyMap<string, Item>,
  { columns, rows, entries, exits }: Routes,
  style: Style,
  pinAt: (side: 'in' | 'out', pin: Pin) => number,
): Spaces {
  const widths = Array.from({ length: grid.columns }, () => 0);
  const above = Array.from({ length: grid.rows }, () => 0);
  const below = Array.from({ length: grid.rows }, () => 0);
  for (const [id, { row, column }] of grid.cells) {
    const { width, height, middle } = items.get(id)!;
    widths[column] = Math.max(widths[column]!, width);
    above[row] = Math.max(above[row]!, middle);
    below[row] = Math.max(below[row]!, height - middle);
  }
  for (const [side, pins] of [
    ['in', entries],
    ['out', exits],
  ] as const) {
    for (const pin of pins.values()) {
      if (pin.row >= grid.rows) continue;
      below[pin.row] = Math.max(below[pin.row]!, pinAt(side, pin) + style.step);
    }
  }
  const across = spread(columns, widths, style, (i) => widths[i]!);
  const down = spread(rows, above, style, (i) => above[i]! + below[i]!);
  return {
    width: across.end,
    height: down.end,
    lefts: across.starts,
    widths,
    middles: down.starts.map((start, row) => start + above[row]!),
    columnTracks: across.tracks,
    rowTracks: down.tracks,
  };
}

/** Puts channels and what is between them one after the other. */
function spread(
  channels: readonly Tracks[],
  bands: readonly unknown[],
  { gap, step, point: [length] }: Style,
  sizeOf: (band: number) => number,
): { readonly starts: number[]; readonly tracks: number[]; readonly end: number } {
  const [starts, tracks]: [number[], number[]] = [[], []];
  let at = 0;
  channels.forEach(({ count }, i) => {
    const isOuter = i === 0 || i === bands.length;
    tracks.push(at + step);
    const needed = count === 0 ? 0 : count * step + length + 2;
    at += Math.max(isOuter ? gap / 2 : gap, needed);
    if (i === bands.length) return;
    starts.push(at);
    at += sizeOf(i);
  });
  return { starts, tracks, end: at };
}
