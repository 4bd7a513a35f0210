import type { Graph, Node } from '../ir/graph.js';
import type { Peak } from '../ir/peak.js';
import { type BlockCost, byBlock } from './by-block.js';
import { byLine, type LineCost } from './by-line.js';
import type { Place } from './shares.js';

/** What part of a call takes: milliseconds, and bytes that are alive where the whole call needs most memory. */
export interface Spent {
  /** Of the operations that the model applies. */
  readonly forward: number;
  /** Of their gradients. */
  readonly backward: number;
  readonly forwardHeld: number;
  readonly backwardHeld: number;
}

/** What belongs to no line of a model. */
export interface Elsewhere {
  readonly milliseconds: number;
  readonly held: number;
}

/** A call of a function, by the parts of the `.net` files that its nodes come from. */
export interface Measured {
  /** The model first; those inside another after it, what took longest first. */
  readonly blocks: readonly BlockCost<Readonly<Spent>>[];
  /** What took longest itself first, and of those that took nothing themselves what took longest inside. */
  readonly lines: readonly LineCost<Readonly<Spent>>[];
  /** The loss with its gradient. */
  readonly loss: Elsewhere;
  /** Clipping, the updates of the weights, and the averages of them. */
  readonly optimiser: Elsewhere;
  /** What the compiler adds for all lines together. */
  readonly other: Elsewhere;
  /** Of all nodes and assignments. */
  readonly milliseconds: number;
  /** The most bytes alive at once. */
  readonly peak: number;
}

type Counts = Readonly<Record<keyof Spent, number>>;
const nothing: Counts = { forward: 0, backward: 0, forwardHeld: 0, backwardHeld: 0 };
export const timeOf = ({ forward, backward }: Counts): number => forward + backward;
export const heldOf = ({ forwardHeld, backwardHeld }: Counts): number => forwardHeld + backwardHeld;

/**
 * @param nodes milliseconds of each node of `graph`, in its order
 * @param assignments milliseconds of the updates that no node makes
 */
export function measured(
  graph: Graph,
  { nodes, assignments }: { readonly nodes: readonly number[]; readonly assignments: number },
  peak: Peak,
): Measured {
  const shares: (Place & Counts)[] = [];
  const elsewhere = {
    loss: { milliseconds: 0, held: 0 },
    optimiser: { milliseconds: assignments, held: 0 },
    other: { milliseconds: 0, held: 0 },
  };
  graph.nodes.forEach((node, i) => {
    const [took, held] = [nodes[i] ?? 0, peak.held.get(node) ?? 0];
    const { origin, phase } = node;
    if (origin) {
      const spent =
        phase === 'backward'
          ? { backward: took, backwardHeld: held }
          : { forward: took, forwardHeld: held };
      shares.push({ origin, path: origin.path, ...nothing, ...spent });
    } else {
      const part = elsewhere[placeOf(node)];
      part.milliseconds += took;
      part.held += held;
    }
  });
  const milliseconds = nodes.reduce((a, b) => a + b, assignments);
  return {
    blocks: longestFirst(byBlock(shares, nothing)),
    lines: byLine(shares, nothing).toSorted(
      (a, b) => timeOf(b.own) - timeOf(a.own) || timeOf(b.all) - timeOf(a.all),
    ),
    ...elsewhere,
    milliseconds,
    peak: peak.bytes,
  };
}

/** The gradient of the loss is the only one that no line of the model asks for. */
const placeOf = ({ phase }: Node): 'loss' | 'optimiser' | 'other' =>
  phase === 'forward' ? 'other' : phase === 'backward' ? 'loss' : phase;

function longestFirst(blocks: readonly BlockCost<Counts>[]): readonly BlockCost<Counts>[] {
  const inside = new Map<string | null, BlockCost<Counts>[]>();
  for (const block of blocks) {
    const parent = block.path === '' ? null : parentOf(block.path);
    const beside = inside.get(parent);
    if (beside) beside.push(block);
    else inside.set(parent, [block]);
  }
  const from = (parent: string | null): readonly BlockCost<Counts>[] =>
    (inside.get(parent) ?? [])
      .toSorted((a, b) => timeOf(b) - timeOf(a))
      .flatMap((block) => [block, ...from(block.path)]);
  return from(null);
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
