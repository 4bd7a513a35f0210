import type { Grid } from './grid.js';
import type { Connector, Item, Point, Rectangle } from './layout.js';
import type { Route, Routes } from './routes.js';
import type { Scope } from './scope.js';
import type { Spaces } from './spaces.js';
import type { Style } from './style.js';

/** A scope with all that is known of it but the lines. */
export interface Placed {
  readonly scope: Scope;
  readonly grid: Grid;
  readonly items: ReadonlyMap<string, Item>;
  readonly routes: Routes;
  readonly spaces: Spaces;
  readonly places: ReadonlyMap<string, Rectangle>;
  /** By tensor: how far down it comes in or leaves. */
  readonly entries: ReadonlyMap<string, number>;
  readonly exits: ReadonlyMap<string, number>;
  readonly style: Style;
}

export function linesIn(placed: Placed): readonly Connector[] {
  const ports = portsIn(placed);
  return placed.routes.routes.map((route) => {
    const { net, target } = route;
    const isLeaf = target.to !== null && placed.items.get(target.to)!.inside === null;
    const points = pointsOf(route, placed, ports);
    const { tensor, back } = net;
    return { tensor, points: bent(points), skip: target.skip, back, arrives: isLeaf };
  });
}

function pointsOf(
  { net, target, way }: Route,
  { grid, items, routes, spaces, places, entries, exits, style }: Placed,
  ports: Ports,
): readonly Point[] {
  const { key, from } = net;
  const { to } = target;
  if (way.kind === 'upright') {
    const [a, b] = [places.get(from!)!, places.get(to!)!];
    const down = grid.cells.get(from!)!.row < grid.cells.get(to!)!.row;
    const x = b.x + b.width / 2;
    return [
      { x, y: down ? a.y + a.height : a.y },
      { x, y: down ? b.y : b.y + b.height },
    ];
  }
  const start = from === null ? { x: 0, y: entries.get(key)! } : rightOf(from, key);
  const end = to === null ? { x: spaces.width, y: exits.get(key)! } : leftOf(to, key);
  const column = (channel: number): number =>
    spaces.columnTracks[channel]! + routes.columns[channel]!.trackOf(key) * style.step;
  if (way.kind === 'straight') return [start, end];
  if (way.kind === 'beside') {
    const x = column(way.channel);
    return [start, { x, y: start.y }, { x, y: end.y }, end];
  }
  const y = spaces.rowTracks[way.above]! + routes.rows[way.above]!.trackOf(key) * style.step;
  const [leave, enter] = [column(way.leave), column(way.enter)];
  const across = [
    { x: leave, y },
    { x: enter, y },
  ];
  return [start, { x: leave, y: start.y }, ...across, { x: enter, y: end.y }, end];

  function rightOf(box: string, key: string): Point {
    const { x, y, width } = places.get(box)!;
    const item = items.get(box)!;
    return { x: x + width, y: y + (item.inside ? item.exits.get(key)! : item.middle) };
  }

  function leftOf(box: string, key: string): Point {
    const { x, y } = places.get(box)!;
    const item = items.get(box)!;
    const down = item.inside ? item.entries.get(key)! : item.middle + ports.get(box)!.get(key)!;
    return { x, y: y + down };
  }
}

/** By leaf and tensor: how far from the middle of its left side that arrives. */
type Ports = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * What runs straight arrives at the middle. All others arrive at half steps from it, where nothing leaves what stands left
 * of it, or at the middle where that is free.
 */
function portsIn({ grid, items, routes, style }: Placed): Ports {
  const arrivals = new Map<string, Route[]>();
  for (const route of routes.routes) {
    const { to } = route.target;
    if (to === null || items.get(to)!.inside || route.way.kind === 'upright') continue;
    const known = arrivals.get(to);
    if (known) known.push(route);
    else arrivals.set(to, [route]);
  }
  const ports = new Map<string, ReadonlyMap<string, number>>();
  for (const [box, all] of arrivals) {
    const { row, column } = grid.cells.get(box)!;
    const straight = all.filter(({ way }) => way.kind === 'straight');
    const others = all.filter(({ way }) => way.kind !== 'straight');
    const upper = others.filter((route) => isFromAbove(route, row, grid));
    const sorted = [...upper, ...others.filter((route) => !upper.includes(route))];
    const isFree = straight.length === 0 && others.length === 1 && !grid.at(row, column - 1);
    const offsets = new Map(straight.map(({ net }) => [net.key, 0]));
    const over = Math.ceil(sorted.length / 2);
    sorted.forEach(({ net }, i) => {
      offsets.set(net.key, isFree ? 0 : (i - over + 0.5) * style.step);
    });
    ports.set(box, offsets);
  }
  return ports;
}

function isFromAbove({ net, way }: Route, row: number, grid: Grid): boolean {
  if (way.kind === 'around') return way.above <= row;
  return net.from === null || (grid.cells.get(net.from)?.row ?? 0) <= row;
}

/** Without points that lie on the way from one to the next. */
function bent(points: readonly Point[]): readonly Point[] {
  return points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (!before || !after) return true;
    const isAlong = (axis: 'x' | 'y'): boolean =>
      Math.abs(before[axis] - point[axis]) < 1e-6 && Math.abs(point[axis] - after[axis]) < 1e-6;
    return !isAlong('x') && !isAlong('y');
  });
}
