import type { Application } from '../../expand/application.js';
import { innermostIn } from '../../expand/reached-tree.js';
import type { Graph, Node, Value } from '../../ir/graph.js';
import { printShape } from '../../sizes/size.js';
import type { Box, Wire } from './diagram.js';
import { halvings, pixelsIn } from './levels.js';

export interface Wired {
  readonly wires: readonly Wire[];
  /** The weights that each leaf uses, by its id. */
  readonly weights: ReadonlyMap<string, ReadonlySet<string>>;
  /** A box as it was, and all inside it, with level and sharing of the leaves filled in. */
  readonly marked: (box: Box) => Box;
}

interface Found {
  readonly from: Box;
  readonly to: Box;
  readonly shape: string;
  readonly pixels: number;
}

/** The tensors that go from leaf to leaf, and what they tell of the leaves. */
export function wired(
  graph: Graph,
  tree: Application,
  leaves: ReadonlyMap<Application, Box>,
  inputs: readonly Box[],
  outputs: readonly Box[],
): Wired {
  const applicationOf = innermostIn(tree);
  const pixelsOf = pixelsIn(graph);
  const sources = new Map<Value, Box>(graph.inputs.map(({ value }, i) => [value, inputs[i]!]));
  const wires = new Map<string, Found>();
  const weights = new Map<string, Set<string>>();
  const given = new Map<string, number>();
  const paths = new Map(
    graph.variables.flatMap(({ kind, path, value }) => (kind === 'weight' ? [[value, path]] : [])),
  );
  const connect = (value: Value, to: Box): void => {
    const path = paths.get(value);
    if (path !== undefined) weights.set(to.id, (weights.get(to.id) ?? new Set()).add(path));
    const from = sources.get(value);
    if (!from || from === to) return;
    const shape = printShape(value.type.shape);
    wires.set(`${from.id} ${to.id} ${shape}`, { from, to, shape, pixels: pixelsOf(value) });
  };
  const run = (node: Node): void => {
    const leaf = leaves.get(applicationOf(node.origin) ?? tree);
    if (!leaf) throw new Error(`a node of ${graph.name} lies in no application`);
    for (const operand of node.operands) connect(operand, leaf);
    for (const result of node.results) {
      sources.set(result, leaf);
      given.set(leaf.id, pixelsOf(result));
    }
  };
  graph.inputs.forEach(({ value }, i) => {
    given.set(inputs[i]!.id, pixelsOf(value));
  });
  graph.nodes.forEach(run);
  graph.outputs.forEach(({ value }, i) => {
    connect(value, outputs[i]!);
    given.set(outputs[i]!.id, pixelsOf(value));
  });
  const all = [...wires.values()];
  const levels = levelsOf(all, given);
  const shared = sharingOf(weights);
  const marked = (box: Box): Box =>
    box.children.length > 0
      ? { ...box, children: box.children.map(marked) }
      : { ...box, level: levels.get(box.id) ?? 0, shared: shared.get(box.id) ?? null };
  return { wires: marksOf(all), weights, marked };
}

/**
 * Levels by leaf. Each is counted from the source whose map is most like what the leaf gives, so that borders that
 * convolutions take off do not add up. `given` is how many pixels that is; wires are in an order that computes.
 */
function levelsOf(
  wires: readonly Found[],
  given: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  const nearest = new Map<string, number>();
  for (const { from, to, pixels } of wires) {
    const down = halvings(pixels, given.get(to.id) ?? pixels);
    if (Math.abs(down) >= (nearest.get(to.id) ?? Number.POSITIVE_INFINITY)) continue;
    nearest.set(to.id, Math.abs(down));
    levels.set(to.id, (levels.get(from.id) ?? 0) + down);
  }
  return levels;
}

/** One number for the leaves that use the same weights; those that share nothing have none. */
function sharingOf(weights: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  const users = new Map<string, string[]>();
  for (const [leaf, paths] of weights) {
    for (const path of paths) users.set(path, [...(users.get(path) ?? []), leaf]);
  }
  const groups = new Map<string, number>();
  const shared = new Map<string, number>();
  for (const leaves of users.values()) {
    if (leaves.length < 2) continue;
    const key = leaves.join(' ');
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    for (const leaf of leaves) if (!shared.has(leaf)) shared.set(leaf, group);
  }
  return shared;
}

/** Wires are in an order that computes, so that the longest ways to the boxes before are known. */
function marksOf(wires: readonly Found[]): readonly Wire[] {
  const ranks = new Map<Box, number>();
  const taken = new Map<Box, Set<string>>();
  const rankOf = (box: Box): number => ranks.get(box) ?? 0;
  for (const { from, to, shape } of wires) {
    ranks.set(to, Math.max(rankOf(to), rankOf(from) + 1));
    taken.set(to, (taken.get(to) ?? new Set()).add(shape));
  }
  return wires.map(({ from, to, shape }) => ({
    from: from.id,
    to: to.id,
    shape,
    changed: !taken.get(from)?.has(shape),
    skip: rankOf(to) - rankOf(from) > 1,
    back: false,
  }));
}
