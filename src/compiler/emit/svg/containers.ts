import type { Box, Diagram, Wire } from '../diagram/diagram.js';

/**
 * What is laid out in one run: the drawing, or the inside of a block that is applied in itself. The latter hangs under
 * the row of the block around it, which makes the U.
 */
export interface Container {
  /** Of the box; null for the drawing. */
  readonly id: string | null;
  readonly boxes: readonly Box[];
  readonly edges: Edge[];
  /** The leaves whose tensors come in, and those inside whose tensors go out. */
  readonly entries: Set<string>;
  readonly exits: Set<string>;
}

/** A wire or the part of it inside one container, between leaves and ports. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly skip: boolean;
  /** Whether it ends at a leaf. */
  readonly arrives: boolean;
}

/** Where tensors of the leaf `source` pass the border of a container. */
export const entryOf = (container: string, source: string): string => `${container}.in.${source}`;
export const exitOf = (container: string, source: string): string => `${container}.out.${source}`;

/** Whether a box is a container of its own. */
export const hangs = ({ recursive, children }: Box): boolean => recursive && children.length > 0;

/** All containers by the id of their box, with each wire cut at the borders that it crosses. */
export function containersOf({ boxes, wires }: Diagram): ReadonlyMap<string | null, Container> {
  const containers = new Map<string | null, Container>();
  const homes = new Map<string, readonly Container[]>();
  const visit = (box: Box, around: readonly Container[]): void => {
    const within = hangs(box) ? [...around, open(box.id, box.children)] : around;
    if (box.children.length === 0) homes.set(box.id, within);
    for (const child of box.children) visit(child, within);
  };
  const open = (id: string | null, inside: readonly Box[]): Container => {
    const container: Container = {
      id,
      boxes: inside,
      edges: [],
      entries: new Set(),
      exits: new Set(),
    };
    containers.set(id, container);
    return container;
  };
  const drawing = open(null, boxes);
  for (const box of boxes) visit(box, [drawing]);
  for (const wire of wires) cut(wire, homes.get(wire.from)!, homes.get(wire.to)!);
  return containers;
}

function cut(
  { from, to, skip }: Wire,
  out: readonly Container[],
  into: readonly Container[],
): void {
  let common = 0;
  while (common < out.length && out[common] === into[common]) common++;
  const [leaving, entering] = [out.slice(common), into.slice(common)];
  let at = from;
  for (const container of leaving.toReversed()) {
    const exit = exitOf(container.id!, from);
    container.exits.add(from);
    join(container, { from: at, to: exit, skip, arrives: false });
    at = exit;
  }
  const [next] = entering;
  const target = next ? entryOf(next.id!, from) : to;
  join(out[common - 1]!, { from: at, to: target, skip, arrives: !next });
  entering.forEach((container, i) => {
    container.entries.add(from);
    const inner = entering[i + 1];
    const end = inner ? entryOf(inner.id!, from) : to;
    join(container, { from: entryOf(container.id!, from), to: end, skip, arrives: !inner });
  });
}

/** Two wires that share a way are drawn once. */
function join({ edges }: Container, edge: Edge): void {
  if (!edges.some(({ from, to }) => from === edge.from && to === edge.to)) edges.push(edge);
}
