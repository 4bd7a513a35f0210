import type { Box } from '../diagram/diagram.js';
import { type Container, type Edge, entryOf, exitOf } from './containers.js';

/** Leaves that only lead into a hanging container and out of it, as pooling and upsampling do. */
export interface Stairs {
  readonly down: Box | null;
  readonly up: Box | null;
}

/** The leaves of a hanging row that the way down ends on and the way up starts from, where it is one leaf each. */
export interface Landing {
  readonly down: Box | null;
  readonly up: Box | null;
}

/** Takes the edges from and to the ports of `hanging` away where these lead straight to a first and a last leaf. */
export function takeLanding({ id, boxes, edges, entries, exits }: Container): Landing {
  const [entry, exit] = [onlyOf(entries), onlyOf(exits)];
  const leafAt = (leaf: string | undefined): Box | undefined =>
    boxes.find((box) => box.id === leaf && box.children.length === 0);
  const into = only(edges, ({ from }) => entry !== null && from === entryOf(id!, entry));
  const out = only(edges, ({ to }) => exit !== null && to === exitOf(id!, exit));
  const first = leafAt(into?.to);
  const last = leafAt(out?.from);
  const down = first && only(edges, ({ to }) => to === first.id) ? first : null;
  const up = last && only(edges, ({ from }) => from === last.id) ? last : null;
  if (down === up) return { down: null, up: null };
  if (down) remove(edges, into!);
  if (up) remove(edges, out!);
  return { down, up };
}

/**
 * The stairs of `hanging` among the boxes beside it. The edges of `around` are changed to pass its ports as if the
 * stairs were inside, where they are drawn between the rows.
 */
export function takeStairs(around: Container, hanging: Container, beside: readonly Box[]): Stairs {
  const [entry, exit] = [onlyOf(hanging.entries), onlyOf(hanging.exits)];
  return {
    down: entry === null ? null : takeDown(around, entryOf(hanging.id!, entry), beside),
    up: exit === null ? null : takeUp(around, exitOf(hanging.id!, exit), beside),
  };
}

const onlyOf = (sources: ReadonlySet<string>): string | null =>
  sources.size === 1 ? [...sources][0]! : null;

function takeDown({ edges }: Container, port: string, beside: readonly Box[]): Box | null {
  const last = only(edges, ({ to }) => to === port);
  const box = beside.find(({ id, children }) => id === last?.from && children.length === 0);
  const first = box && only(edges, ({ to }) => to === box.id);
  if (!last || !box || !first || !only(edges, ({ from }) => from === box.id)) return null;
  remove(edges, last);
  edges[edges.indexOf(first)] = { ...first, to: port, arrives: false };
  return box;
}

function takeUp({ edges }: Container, port: string, beside: readonly Box[]): Box | null {
  const first = only(edges, ({ from }) => from === port);
  const box = beside.find(({ id, children }) => id === first?.to && children.length === 0);
  if (!first || !box || !only(edges, ({ to }) => to === box.id)) return null;
  remove(edges, first);
  edges.forEach((edge, i) => {
    if (edge.from === box.id) edges[i] = { ...edge, from: port };
  });
  return box;
}

/** The one edge for which it holds; undefined where it holds for none or several. */
function only(edges: readonly Edge[], holds: (edge: Edge) => boolean): Edge | undefined {
  const found = edges.filter(holds);
  return found.length === 1 ? found[0] : undefined;
}

const remove = (edges: Edge[], edge: Edge): void => {
  edges.splice(edges.indexOf(edge), 1);
};
