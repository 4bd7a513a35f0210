import type { Box, Diagram, Wire } from './diagram.js';

/** So many blocks one after another are drawn as one. */
const least = 3;

/** A diagram in which a block that is applied several times one after another, to nothing but what it gave, is drawn once. */
export function runsDrawnOnce(diagram: Diagram): Diagram {
  const { boxes, wires } = diagram;
  const next = followers(boxes, wires);
  const before = new Map([...next].map(([from, to]) => [to.id, from]));
  /** By the first of a run, how many there are; by all others, the first. */
  const counts = new Map<string, number>();
  const firsts = new Map<string, string>();
  for (const first of next.keys()) {
    if (before.has(first)) continue;
    const run = [first];
    for (let at = next.get(first); at; at = next.get(at.id)) run.push(at.id);
    if (run.length < least) continue;
    counts.set(first, run.length);
    for (const id of run.slice(1)) firsts.set(id, first);
  }
  const drawn = (box: Box): readonly Box[] => {
    if (firsts.has(box.id)) return [];
    if (box.children.length === 0) return [{ ...box, times: counts.get(box.id) ?? 1 }];
    const children = box.children.flatMap(drawn);
    return children.length === 0 ? [] : [{ ...box, children }];
  };
  const moved = wires.map((wire) => ({ ...wire, from: firsts.get(wire.from) ?? wire.from }));
  return {
    ...diagram,
    boxes: boxes.flatMap(drawn),
    wires: moved.filter(({ to }) => !firsts.has(to)),
  };
}

/** By the id of a leaf, the same block with the same weights or others that takes what it gives, where nothing else comes or goes. */
function followers(boxes: readonly Box[], wires: readonly Wire[]): ReadonlyMap<string, Box> {
  const leaves = new Map<string, Box>();
  const visit = (box: Box): void => {
    if (box.children.length === 0) leaves.set(box.id, box);
    box.children.forEach(visit);
  };
  boxes.forEach(visit);
  const [out, into] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  for (const { from, to, back } of wires) {
    // What leads back to an earlier box ends a run.
    out.set(from, (out.get(from) ?? new Set()).add(back ? `${to} back` : to));
    into.set(to, (into.get(to) ?? new Set()).add(from));
  }
  const next = new Map<string, Box>();
  for (const [id, box] of leaves) {
    const [to] = out.get(id) ?? [];
    const other = to === undefined ? undefined : leaves.get(to);
    const isOnly = out.get(id)?.size === 1 && other && into.get(other.id)?.size === 1;
    const isSame = other?.kind === 'block' && other.title === box.title;
    if (isOnly && isSame && other.level === box.level) next.set(id, other);
  }
  return next;
}
