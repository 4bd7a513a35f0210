import type { ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Box } from '../diagram/diagram.js';
import { entryOf, exitOf } from './containers.js';
import type { Connector, Inside, Point, Rectangle } from './layout.js';
import { sizeOfLeaf } from './measure.js';
import type { Landing, Stairs } from './stairs.js';

/** A container that is laid out, and what leads into it. */
export interface Hanging {
  readonly inside: Inside;
  readonly stairs: Stairs;
  readonly landing: Landing;
}

/** Of the first port under the top, and between ports. */
const [portTop, portStep] = [20, 10];
/** Between a row, the stairs and the next row. */
const gap = 14;

/** Room left or right of the row, over which the stairs stand. */
export function marginOf(stair: Box | null, landing: Box | null): number {
  if (!stair) return 0;
  const half = sizeOfLeaf(stair).width / 2;
  return landing ? Math.max(0, half - sizeOfLeaf(landing).width / 2) : half;
}

/** How far the row lies under the row around it. */
function dropOf({ down, up }: Stairs): number {
  const heights = [down, up].map((stair) => (stair ? sizeOfLeaf(stair).height + gap : 0));
  return portTop + gap + Math.max(...heights);
}

/** It as one node of the container around it: ports at its upper corners, so that it hangs under their row. */
export function elkNodeOf(id: string, { inside, stairs }: Hanging): ElkNode {
  const { width, height, container } = inside;
  const port = (name: string, i: number, side: 'WEST' | 'EAST') => ({
    id: name,
    x: side === 'WEST' ? 0 : width,
    y: portTop + i * portStep,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side },
  });
  return {
    id,
    width,
    height: height + dropOf(stairs),
    ports: [
      ...[...container.entries].map((source, i) => port(entryOf(id, source), i, 'WEST')),
      ...[...container.exits].map((source, i) => port(exitOf(id, source), i, 'EAST')),
    ],
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
  };
}

/** What is inside and its stairs, where the node of it has been put, with the lines from its ports to its row. */
export function hang(
  id: string,
  { inside, stairs, landing }: Hanging,
  { x, y }: Point,
): { readonly places: ReadonlyMap<string, Rectangle>; readonly lines: readonly Connector[] } {
  const { container, width } = inside;
  const top = y + dropOf(stairs);
  const places = new Map<string, Rectangle>();
  for (const [name, place] of inside.places) {
    places.set(name, { ...place, x: x + place.x, y: top + place.y });
  }
  const lines = inside.lines.map(
    (line): Connector => ({
      ...line,
      points: line.points.map((point) => ({ x: x + point.x, y: top + point.y })),
    }),
  );
  const connect = (side: 'in' | 'out', port: string, i: number): void => {
    const corner = { x: side === 'in' ? x : x + width, y: y + portTop + i * portStep };
    const [stair, leaf] = side === 'in' ? [stairs.down, landing.down] : [stairs.up, landing.up];
    const end = places.get(leaf?.id ?? port)!;
    const away = marginOf(stair, null) || i * portStep;
    const beside = corner.x + (side === 'in' ? away : -away);
    const across = leaf ? end.x + end.width / 2 : beside;
    const upper = [corner, { x: across, y: corner.y }];
    const lower = leaf
      ? [{ x: across, y: end.y }]
      : [across, end.x].map((x) => ({ x, y: end.y + end.height / 2 }));
    const arrives = side === 'in' && leaf !== null;
    if (!stair) lines.push(lineOf([...upper, ...lower], side, arrives));
    else {
      const size = sizeOfLeaf(stair);
      const place = { x: across - size.width / 2, y: corner.y + gap, ...size };
      places.set(stair.id, place);
      const bottom = { x: across, y: place.y + place.height };
      lines.push(lineOf([...upper, { x: across, y: place.y }], side, side === 'in'));
      lines.push(lineOf([bottom, ...lower], side, side === 'out' || arrives));
    }
  };
  [...container.entries].forEach((source, i) => {
    connect('in', entryOf(id, source), i);
  });
  [...container.exits].forEach((source, i) => {
    connect('out', exitOf(id, source), i);
  });
  return { places, lines };
}

/** Points are from above to below; what goes out goes up. */
const lineOf = (points: readonly Point[], side: 'in' | 'out', arrives: boolean): Connector => ({
  points: side === 'in' ? points : points.toReversed(),
  skip: false,
  arrives,
});
