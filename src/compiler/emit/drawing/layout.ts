import type { Box, Diagram } from '../diagram/diagram.js';
import { type Grid, gridOf } from './grid.js';
import { linesIn } from './lines.js';
import { frameHeading, sizeOfLeaf, widthOf } from './measure.js';
import { type Pin, type Routes, routesOf } from './routes.js';
import { type Scope, scopesOf } from './scope.js';
import { type Spaces, spacesOf } from './spaces.js';
import type { Style } from './style.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** A way from box to box, or to the border of a frame. */
export interface Connector {
  /** Lines of one tensor may lie on one another. */
  readonly tensor: string;
  readonly points: readonly Point[];
  readonly skip: boolean;
  readonly back: boolean;
  /** Whether it ends at a leaf. */
  readonly arrives: boolean;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** By the id of each leaf and each frame. */
  readonly places: ReadonlyMap<string, Rectangle>;
  readonly lines: readonly Connector[];
}

/** What stands in a cell: a leaf, or a frame with all that is in it. */
export interface Item {
  readonly width: number;
  readonly height: number;
  /** From its top to where lines along its row meet it. */
  readonly middle: number;
  /** Of a frame: by tensor, how far under its top that comes in or goes out. */
  readonly entries: ReadonlyMap<string, number>;
  readonly exits: ReadonlyMap<string, number>;
  readonly inside: Inside | null;
}

/** A scope that is laid out. */
export interface Inside extends Layout {
  readonly entries: ReadonlyMap<string, number>;
  readonly exits: ReadonlyMap<string, number>;
  readonly middle: number;
}

/** Lays a diagram out: rows by the size of the maps, columns by the order in which they are computed. */
export function layoutOf(diagram: Diagram, style: Style): Layout {
  const scopes = scopesOf(diagram, style.frames);
  return insideOf(scopes.get(null)!, scopes, style, 0);
}

type Scopes = ReadonlyMap<string | null, Scope>;

/** `depth` is how many frames are around it. */
function insideOf(scope: Scope, scopes: Scopes, style: Style, depth: number): Inside {
  const grid = gridOf(scope);
  const { items, routes } = fitted(scope, grid, itemsOf(scope, scopes, style, depth), style);
  const pinAt = (side: 'in' | 'out', pin: Pin): number => offsetOf(side, pin, depth) * style.step;
  const spaces = spacesOf(grid, items, routes, style, pinAt);
  const pinned = (side: 'in' | 'out', pins: ReadonlyMap<string, Pin>) =>
    new Map([...pins].map(([key, pin]) => [key, spaces.middles[pin.row]! + pinAt(side, pin)]));
  const [entries, exits] = [pinned('in', routes.entries), pinned('out', routes.exits)];
  const own = placed(grid, items, spaces);
  return {
    width: spaces.width,
    height: spaces.height,
    middle: [...entries.values(), ...exits.values(), spaces.middles[0] ?? 0][0]!,
    entries,
    exits,
    places: new Map([...own, ...nested(own, items, style).flatMap(({ places }) => [...places])]),
    lines: [
      ...linesIn({ scope, grid, items, routes, spaces, places: own, entries, exits, style }),
      ...nested(own, items, style).flatMap(({ lines }) => lines),
    ],
  };
}

/**
 * Finds the ways. A frame that takes at its middle what does not come straight stands a little higher or lower in its row, by
 * turns, so that this does not meet what leaves the box left of it.
 */
function fitted(
  scope: Scope,
  grid: Grid,
  items: ReadonlyMap<string, Item>,
  style: Style,
): { readonly items: ReadonlyMap<string, Item>; readonly routes: Routes } {
  const isMiddle = (box: string, key: string, side: 'in' | 'out'): boolean => {
    const { inside, middle, entries, exits } = items.get(box)!;
    return inside === null || (side === 'in' ? entries : exits).get(key) === middle;
  };
  const routes = routesOf(scope, grid, isMiddle);
  const lowered = new Map(items);
  for (const { net, target, way } of routes.routes) {
    if (target.to === null || way.kind === 'straight') continue;
    const item = items.get(target.to)!;
    if (!item.inside || !isMiddle(target.to, net.key, 'in')) continue;
    const isEven = grid.cells.get(target.to)!.column % 2 === 0;
    const aside = (isEven ? style.step : -style.step) / 4;
    lowered.set(target.to, { ...item, middle: item.middle + aside });
  }
  const isFitted = [...lowered].every(([id, item]) => items.get(id) === item);
  return isFitted ? { items, routes } : fitted(scope, grid, lowered, style);
}

function itemsOf(
  { boxes, nets }: Scope,
  scopes: Scopes,
  style: Style,
  depth: number,
): ReadonlyMap<string, Item> {
  const arrivals = new Map<string, number>();
  for (const { targets } of nets.values()) {
    for (const { to } of targets) if (to !== null) arrivals.set(to, (arrivals.get(to) ?? 0) + 1);
  }
  const leaf = (box: Box): Item => {
    const size = sizeOfLeaf(box, style, arrivals.get(box.id) ?? 0);
    const none = new Map<string, number>();
    return { ...size, middle: size.height / 2, entries: none, exits: none, inside: null };
  };
  const frame = (box: Box): Item => {
    const inside = insideOf(scopes.get(box.id)!, scopes, style, depth + 1);
    const down = headingOf(style);
    const lower = (pins: ReadonlyMap<string, number>) =>
      new Map([...pins].map(([key, y]) => [key, y + down]));
    const heading = widthOf(frameHeading(box, style), style.fontSize) + 2 * style.padding[0];
    return {
      // Right of what is inside there may be room, through which what leaves goes straight on.
      width: Math.max(inside.width, heading),
      height: inside.height + down,
      middle: inside.middle + down,
      entries: lower(inside.entries),
      exits: lower(inside.exits),
      inside,
    };
  };
  return new Map(boxes.map((box) => [box.id, box.children.length === 0 ? leaf(box) : frame(box)]));
}

/** The room above what is inside a frame. */
export const headingOf = ({ lineHeight, padding }: Style): number => lineHeight + padding[1];

/** The boxes of a scope where its spaces put them. */
function placed(
  grid: Grid,
  items: ReadonlyMap<string, Item>,
  { lefts, widths, middles }: Spaces,
): ReadonlyMap<string, Rectangle> {
  const places = new Map<string, Rectangle>();
  for (const [id, { row, column }] of grid.cells) {
    const { width, height, middle } = items.get(id)!;
    const x = lefts[column]! + (widths[column]! - width) / 2;
    places.set(id, { x, y: middles[row]! - middle, width, height });
  }
  return places;
}

/** What is inside the frames of a scope, moved to where they are. */
function nested(
  places: ReadonlyMap<string, Rectangle>,
  items: ReadonlyMap<string, Item>,
  style: Style,
): readonly Pick<Layout, 'places' | 'lines'>[] {
  return [...items].flatMap(([id, { inside, width }]) => {
    if (!inside) return [];
    const { x, y } = places.get(id)!;
    const move = <P extends Point>(point: P): P => ({
      ...point,
      x: point.x + x,
      y: point.y + y + headingOf(style),
    });
    const stretched = (line: Connector): Connector =>
      line.arrives || width === inside.width ? line : toBorder(line, inside.width, width);
    return [
      {
        places: new Map([...inside.places].map(([name, place]) => [name, move(place)])),
        lines: inside.lines
          .map(stretched)
          .map((line) => ({ ...line, points: line.points.map(move) })),
      },
    ];
  });
}

/** What ends at the right border of what is inside goes on to that of the frame. */
function toBorder(line: Connector, from: number, to: number): Connector {
  const end = line.points.at(-1)!;
  if (Math.abs(end.x - from) > 1e-6) return line;
  return { ...line, points: [...line.points.slice(0, -1), { ...end, x: to }] };
}

/**
 * Steps from the middle of a row to a pin. Those of the left and of the right side, of frames inside one another and of leaves
 * (which are half steps) differ, so that no two of them that are side by side lie on one line.
 */
const offsetOf = (side: 'in' | 'out', { rank }: Pin, depth: number): number => {
  if (rank === 0) return 0;
  const [even, odd] = side === 'in' ? [1 / 3, 2 / 3] : [0, 1 / 6];
  return rank + (depth % 2 === 0 ? even : odd);
};
