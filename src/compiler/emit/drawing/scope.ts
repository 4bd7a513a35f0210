import type { Box, Diagram } from '../diagram/diagram.js';

/** One tensor's way in a scope: from a box in it or from outside, to boxes in it or out of it. */
export interface Net {
  /** The leaf that the tensor comes from, and `back` of what leads to the next step of a loop: that has ways of its own. */
  readonly key: string;
  /** That leaf. */
  readonly tensor: string;
  /** A box of the scope; null where it comes from outside. */
  readonly from: string | null;
  readonly targets: Target[];
  readonly back: boolean;
}

export interface Target {
  /** A box of the scope; null where the tensor leaves. */
  readonly to: string | null;
  readonly skip: boolean;
}

/** What is laid out in one grid: the drawing, or what is inside one frame. */
export interface Scope {
  /** Leaves and frames, in the order in which they are applied. */
  readonly boxes: readonly Box[];
  readonly nets: ReadonlyMap<string, Net>;
}

/** The scopes of a diagram by the box of each; null for the drawing itself. */
export function scopesOf(
  { boxes, wires }: Diagram,
  frames: boolean,
): ReadonlyMap<string | null, Scope> {
  const isFrame = framesIn(boxes, wires, frames);
  const scopes = new Map<string | null, { boxes: readonly Box[]; nets: Map<string, Net> }>();
  /** By leaf: the frames that it is in, from outside in, and itself. */
  const chains = new Map<string, readonly string[]>();
  const open = (id: string | null, inside: readonly Box[], around: readonly string[]): void => {
    const members = inside.flatMap((box) => membersOf(box, isFrame));
    scopes.set(id, { boxes: members, nets: new Map() });
    for (const box of members) {
      const chain = [...around, box.id];
      if (box.children.length === 0) chains.set(box.id, chain);
      else open(box.id, box.children, chain);
    }
  };
  open(null, boxes, []);
  for (const { from, to, skip, back } of wires) {
    const [out, into] = [chains.get(from)!, chains.get(to)!];
    let common = 0;
    // The last of a chain is the leaf, which is no scope.
    while (common < Math.min(out.length, into.length) - 1 && out[common] === into[common]) common++;
    const join = (scope: string | null, a: string | null, b: string | null): void => {
      const { nets } = scopes.get(scope)!;
      const key = back ? `${from} back` : from;
      const net = nets.get(key) ?? { key, tensor: from, from: a, targets: [], back };
      nets.set(key, net);
      if (!net.targets.some((target) => target.to === b)) net.targets.push({ to: b, skip });
    };
    join(common === 0 ? null : out[common - 1]!, out[common]!, into[common]!);
    for (let i = common + 1; i < out.length; i++) join(out[i - 1]!, out[i]!, null);
    for (let i = common + 1; i < into.length; i++) join(into[i - 1]!, null, into[i]!);
  }
  return scopes;
}

const membersOf = (box: Box, isFrame: (box: Box) => boolean): readonly Box[] =>
  box.children.length === 0 || isFrame(box)
    ? [box]
    : box.children.flatMap((child) => membersOf(child, isFrame));

/**
 * Which boxes have a grid of their own. A block inside itself has not, so that the levels of a U are rows of one grid;
 * nor has one that gives maps of several sizes, as an encoder does, since what takes them stands beside each.
 */
function framesIn(
  boxes: readonly Box[],
  wires: Diagram['wires'],
  frames: boolean,
): (box: Box) => boolean {
  const around = new Map<string, Box | null>();
  const leaves = new Map<string, Box>();
  const visit = (box: Box, parent: Box | null): void => {
    around.set(box.id, parent);
    if (box.children.length === 0) leaves.set(box.id, box);
    for (const child of box.children) visit(child, box);
  };
  for (const box of boxes) visit(box, null);
  const chainOf = (id: string): readonly Box[] => {
    const chain: Box[] = [];
    for (let at = around.get(id); at; at = around.get(at.id)) chain.push(at);
    return chain;
  };
  const levels = new Map<Box, Set<number>>();
  for (const { from, to } of wires) {
    const into = new Set(chainOf(to));
    for (const box of chainOf(from)) {
      if (into.has(box)) break;
      levels.set(box, (levels.get(box) ?? new Set()).add(leaves.get(from)!.level));
    }
  }
  return (box) => {
    if (box.steps > 1) return true;
    if (!frames || box.kind === 'step' || box.recursive) return false;
    return (levels.get(box)?.size ?? 0) <= 1;
  };
}
