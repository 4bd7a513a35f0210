import type { Graph, Node } from '../ir/graph.js';
import type { Residue } from '../sizes/residue.js';
import { baseOf, leastFor } from '../sizes/rounded.js';
import type { Size } from '../sizes/size.js';
import type { Origin } from '../source/origin.js';
import { both, type Congruence, congruenceOf } from './congruence.js';
import { demandsOf } from './solve.js';

/** A line that asks something of a symbol: that `size` is whole. */
export interface SizeLine {
  readonly size: Size;
  /** What it asks for by itself. */
  readonly asks: Residue;
  readonly origin: Origin | null;
  /** Whether it is one of the fewest that together ask for all: `H/16` is, `H/2` beside it is not. */
  readonly decisive: boolean;
}

/** All that a graph asks of one symbol. */
export interface Requirement extends Residue {
  /** The smallest number that the residue holds and that leaves every size at 1 or more. */
  readonly least: number;
  /** The lines that narrow the residue, in order: one for each depth of a U. */
  readonly lines: readonly SizeLine[];
  /** The application whose result is the first to vanish below `least`; null where the residue alone decides. */
  readonly vanishes: { readonly size: Size; readonly origin: Origin | null } | null;
}

/** What `graph`, which compiled, asks of each of its symbols, in their order, with the lines that ask. */
export function requirementsOf(graph: Graph): readonly Requirement[] {
  const demands = demandsOf(graph.nodes).flatMap((demand) => congruenceOf(demand) ?? []);
  const bounds = boundsOf(graph.nodes);
  return graph.symbols.map((residue) => {
    const { symbol } = residue;
    const bound = bounds.get(symbol);
    const smallest = atLeast(residue, 1);
    const least = bound ? atLeast(residue, bound.least) : smallest;
    const lines = linesOf(
      symbol,
      demands.filter((demand) => demand.symbol === symbol),
    );
    return { ...residue, least, lines, vanishes: bound && least > smallest ? bound : null };
  });
}

/** The least number of `residue` that is not below `bound`. */
export function atLeast({ modulus, remainder }: Residue, bound: number): number {
  return bound + ((((remainder - bound) % modulus) + modulus) % modulus);
}

function linesOf(symbol: string, demands: readonly Congruence[]): readonly SizeLine[] {
  let residue: Residue = { symbol, modulus: 1, remainder: 0 };
  const narrowing = demands.filter((demand) => {
    const merged = both(residue, demand);
    if (!merged || merged.modulus === residue.modulus) return false;
    residue = merged;
    return true;
  });
  // Later lines ask for more, so the first is tried first.
  const decisive = new Set(narrowing);
  for (const demand of narrowing) {
    decisive.delete(demand);
    if (modulusOf(symbol, decisive) !== residue.modulus) decisive.add(demand);
  }
  return narrowing.map((congruence) => {
    const { demand, modulus, remainder } = congruence;
    const asks = { symbol, modulus, remainder };
    return { ...demand, asks, decisive: decisive.has(congruence) };
  });
}

function modulusOf(symbol: string, demands: Iterable<Congruence>): number {
  let residue: Residue | undefined = { symbol, modulus: 1, remainder: 0 };
  for (const demand of demands) residue = residue && both(residue, demand);
  return residue?.modulus ?? 0;
}

interface Bound {
  readonly least: number;
  readonly size: Size;
  readonly origin: Origin | null;
}

/** A graph that runs is asked again at every step. */
const known = new WeakMap<readonly Node[], ReadonlyMap<string, Bound>>();

/** The least value of each symbol that leaves every size at 1 or more, with the first size that asks for it. */
export function boundsOf(nodes: readonly Node[]): ReadonlyMap<string, Bound> {
  const found = known.get(nodes) ?? seekBounds(nodes);
  known.set(nodes, found);
  return found;
}

function seekBounds(nodes: readonly Node[]): ReadonlyMap<string, Bound> {
  const bounds = new Map<string, Bound>();
  for (const { results, origin } of nodes) {
    for (const { type } of results) {
      for (const size of type.shape) {
        const symbol = baseOf(size);
        const least = leastFor(size);
        if (symbol === null || least === undefined) continue;
        if (least > (bounds.get(symbol)?.least ?? 1)) bounds.set(symbol, { least, size, origin });
      }
    }
  }
  return bounds;
}
