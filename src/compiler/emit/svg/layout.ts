import elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Box, Diagram } from '../diagram/diagram.js';
import { type Container, containersOf, type Edge, entryOf, exitOf, hangs } from './containers.js';
import { elkNodeOf, type Hanging, hang, marginOf } from './hanging.js';
import { headingHeight, sizeOfLeaf, widthOfHeading } from './measure.js';
import { type Landing, type Stairs, takeLanding, takeStairs } from './stairs.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Connector {
  readonly points: readonly Point[];
  readonly skip: boolean;
  /** Whether it ends at a leaf, and gets an arrow's head. */
  readonly arrives: boolean;
}

/** Places of leaves and frames by id, and the lines between; a hanging container has no place of its own. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, Rectangle>;
  readonly lines: readonly Connector[];
}

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.spacing.nodeNodeBetweenLayers': '20',
  'elk.layered.spacing.edgeNodeBetweenLayers': '10',
  'elk.spacing.nodeNode': '14',
  'elk.spacing.edgeNode': '12',
};

/** Lays a diagram out from left to right by layers, containers from the inside out. */
export async function layoutOf(diagram: Diagram): Promise<Layout> {
  const containers = containersOf(diagram);
  const engine = new elk.default();
  const inside = async (
    container: Container,
    stairs: Stairs,
    landing: Landing,
  ): Promise<Inside> => {
    const hanging = new Map<string, Hanging>();
    for (const [box, beside] of hangingIn(container.boxes)) {
      const inner = containers.get(box.id)!;
      const stairs = takeStairs(container, inner, beside);
      const landing = takeLanding(inner);
      hanging.set(box.id, { stairs, landing, inside: await inside(inner, stairs, landing) });
    }
    const graph = elkGraph(container, hanging, stairs, landing);
    return gathered(await engine.layout(graph), container, hanging);
  };
  const none = { down: null, up: null };
  return inside(containers.get(null)!, none, none);
}

/** A container that is laid out, with its ports. */
export interface Inside extends Layout {
  readonly container: Container;
}

/** The nearest containers inside `boxes`, each with the boxes beside it. */
const hangingIn = (boxes: readonly Box[]): readonly (readonly [Box, readonly Box[]])[] =>
  boxes.flatMap((box) => (hangs(box) ? [[box, boxes] as const] : hangingIn(box.children)));

function elkGraph(
  { id, boxes, edges, entries, exits }: Container,
  hanging: ReadonlyMap<string, Hanging>,
  stairs: Stairs,
  landing: Landing,
): ElkNode {
  const border = (port: string, layer: string): ElkNode => ({
    id: port,
    width: 1,
    height: 1,
    layoutOptions: { 'elk.layered.layering.layerConstraint': layer },
  });
  const left = marginOf(stairs.down, landing.down);
  const right = marginOf(stairs.up, landing.up);
  const margin = id === null ? 8 : 0;
  const padding = `[top=${margin},left=${left + margin},bottom=${margin},right=${right + margin}]`;
  const drawnElsewhere = new Set(
    [...hanging.values()].flatMap(({ stairs }) => [stairs.down, stairs.up]),
  );
  const leaves = new Set<string>();
  const node = (box: Box): ElkNode => {
    const hung = hanging.get(box.id);
    if (hung) return elkNodeOf(box.id, hung);
    if (box.children.length > 0) return elkFrame(box, nodes(box.children));
    leaves.add(box.id);
    return elkLeaf(box, edges);
  };
  const nodes = (boxes: readonly Box[]): ElkNode[] =>
    boxes.filter((box) => !drawnElsewhere.has(box)).map(node);
  const inner = nodes(boxes);
  return {
    id: 'drawing',
    layoutOptions: { ...options, 'elk.padding': padding },
    children: [
      ...(landing.down ? [] : [...entries]).map((source) => border(entryOf(id!, source), 'FIRST')),
      ...inner,
      ...(landing.up ? [] : [...exits]).map((source) => border(exitOf(id!, source), 'LAST')),
    ],
    edges: edges.map(({ from, to }, i) => ({
      id: `e${i}`,
      sources: [leaves.has(from) ? `${i}.from` : from],
      targets: [leaves.has(to) ? `${i}.to` : to],
    })),
  };
}

const elkFrame = (box: Box, children: ElkNode[]): ElkNode => ({
  id: box.id,
  children,
  layoutOptions: {
    'elk.padding': `[top=${headingHeight + 6},left=10,bottom=10,right=10]`,
    'elk.nodeSize.constraints': 'MINIMUM_SIZE',
    'elk.nodeSize.minimum': `(${widthOfHeading(box)}, 0)`,
  },
});

/** A port for each edge, in an order around the box that lets what passes others by run above them. */
function elkLeaf(box: Box, edges: readonly Edge[]): ElkNode {
  const indices = [...edges.keys()].sort((a, b) => Number(edges[b]!.skip) - Number(edges[a]!.skip));
  const port = (id: string, side: 'EAST' | 'WEST') => ({
    id,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side },
  });
  const out = indices
    .filter((i) => edges[i]!.from === box.id)
    .map((i) => port(`${i}.from`, 'EAST'));
  const into = indices.filter((i) => edges[i]!.to === box.id).map((i) => port(`${i}.to`, 'WEST'));
  // Clockwise from the upper left corner: down on the right, up on the left.
  const ports = [...out, ...into.toReversed()];
  ports.forEach(({ layoutOptions }, i) => {
    Object.assign(layoutOptions, { 'elk.port.index': String(i) });
  });
  return {
    id: box.id,
    ...sizeOfLeaf(box),
    ports,
    layoutOptions: { 'elk.portConstraints': 'FIXED_ORDER' },
  };
}

/** What ELK found, and what hangs in it, in one system of coordinates. */
function gathered(
  { width = 0, height = 0, children = [], edges = [] }: ElkNode,
  container: Container,
  hanging: ReadonlyMap<string, Hanging>,
): Inside {
  const places = new Map<string, Rectangle>();
  const lines = edges.flatMap((edge) => linesOf(container.edges[Number(edge.id.slice(1))]!, edge));
  const place = ({ id, x = 0, y = 0, width = 0, height = 0, children = [] }: ElkNode): void => {
    const hung = hanging.get(id);
    if (!hung) places.set(id, { x, y, width, height });
    else {
      const inner = hang(id, hung, { x, y });
      for (const [name, rectangle] of inner.places) places.set(name, rectangle);
      lines.push(...inner.lines);
    }
    children.forEach(place);
  };
  children.forEach(place);
  return { width, height, places, lines, container };
}

function linesOf({ skip, arrives }: Edge, { sections = [] }: ElkExtendedEdge): Connector[] {
  return sections.map(({ startPoint, bendPoints = [], endPoint }) => ({
    points: [startPoint, ...bendPoints, endPoint],
    skip,
    arrives,
  }));
}
