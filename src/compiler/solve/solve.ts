import type { Diagnostics } from '../diagnostics/diagnostic.js';
import type { Graph, Node } from '../ir/graph.js';
import { SizeRangeError } from '../sizes/rational.js';
import { printResidue, type Residue } from '../sizes/residue.js';
import { wholeFor } from '../sizes/rounded.js';
import { printSize, type Size } from '../sizes/size.js';
import type { Origin } from '../source/origin.js';
import { agree, both, type Congruence, congruenceOf } from './congruence.js';

/** That a size is whole, said by the node that divides it. */
export interface SizeDemand {
  readonly size: Size;
  readonly origin: Origin | null;
}

/**
 * What the nodes of a graph demand, in order; each size once, by its first node. `beyond` is told of a node whose demand is
 * beyond the range of sizes, which no graph without errors has.
 */
export function demandsOf(
  nodes: readonly Node[],
  beyond?: (origin: Origin | null) => void,
): readonly SizeDemand[] {
  const demands = new Map<string, SizeDemand>();
  for (const node of nodes) {
    const types = node.operands.map(({ type }) => type);
    const note = (size: Size): void => {
      if (size.p.d === 1 && size.q.d === 1) return;
      const key = printSize(size);
      const constant = size.symbol === null;
      const place = constant ? ` ${node.origin?.site.file.path} ${node.origin?.site.start}` : '';
      if (!demands.has(key + place)) demands.set(key + place, { size, origin: node.origin });
    };
    node.op.infer(types, node.attributes, (size) => {
      if (size.p.d === 1 && size.q.d === 1) return;
      inRange(
        () => wholeFor(size).forEach(note),
        () => beyond?.(node.origin),
      );
    });
  }
  return [...demands.values()];
}

/** What `compute` gives; undefined, after `beyond`, where it met a size out of range. */
function inRange<T>(compute: () => T, beyond: () => void): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof SizeRangeError)) throw error;
    beyond();
    return undefined;
  }
}

/**
 * Solves what the nodes of `graph` demand of the symbols (sizes-2): a residue for each of `symbols`, in order.
 * Reports constant sizes that are not whole and demands that no number meets, with both lines, or none that an image has.
 */
export function solveSizes(
  graph: Pick<Graph, 'nodes'>,
  symbols: readonly string[],
  diagnostics: Diagnostics,
): readonly Residue[] {
  const congruences = new Map<string, Congruence[]>(symbols.map((symbol) => [symbol, []]));
  const tooFar = (origin: Origin | null): void => beyondRange(origin, diagnostics);
  for (const demand of demandsOf(graph.nodes, tooFar)) {
    const { symbol } = demand.size;
    let isFar = false;
    const congruence = inRange(
      () => congruenceOf(demand),
      () => {
        isFar = true;
      },
    );
    if (isFar) tooFar(demand.origin);
    else if (!congruence || symbol === null) notWhole(demand, diagnostics);
    else congruences.get(symbol)?.push(congruence);
  }
  return symbols.map((symbol) => residueOf(symbol, congruences.get(symbol) ?? [], diagnostics));
}

function residueOf(
  symbol: string,
  demands: readonly Congruence[],
  diagnostics: Diagnostics,
): Residue {
  let residue: Residue = { symbol, modulus: 1, remainder: 0 };
  const met: Congruence[] = [];
  for (const congruence of demands) {
    if (!agree(residue, congruence)) contradiction(met, congruence, diagnostics);
    else {
      const merged = inRange(
        () => both(residue, congruence),
        () => beyondRange(congruence.demand.origin, diagnostics),
      );
      if (!merged) break;
      residue = merged;
      met.push(congruence);
    }
  }
  return residue;
}

/** The application that a line stands in: a built-in block stands in the line itself. */
export function around(origin: Origin): Origin | null {
  let at = origin;
  while (at.parent?.site === at.site) at = at.parent;
  return at.parent;
}

function notWhole({ size, origin }: SizeDemand, diagnostics: Diagnostics): void {
  if (!origin) return;
  const facts = { size: printSize(size), symbol: size.symbol };
  diagnostics.report('NET0403', origin.site, facts, around(origin));
}

function beyondRange(origin: Origin | null, diagnostics: Diagnostics): void {
  if (origin) diagnostics.report('NET0407', origin.site, { kind: 'demand' }, around(origin));
}

/** Congruences that pair by pair agree have a common solution, so one of `met` contradicts by itself. */
function contradiction(
  met: readonly Congruence[],
  second: Congruence,
  diagnostics: Diagnostics,
): void {
  const { origin, size } = second.demand;
  // Whatever it is, it would not be told.
  if (origin && diagnostics.isFull('error')) diagnostics.leaveOut('NET0404', origin.site);
  if (!origin || diagnostics.isFull('error')) return;
  const first = met.find((congruence) => !agree(congruence, second));
  if (!first) return;
  // Height and width contradict each other alike where a window is square.
  const said = diagnostics
    .all()
    .some(({ code, span }) => code === 'NET0404' && span === origin.site);
  if (said) return;
  const { demand } = first;
  const facts = {
    here: { size: printSize(size), residue: printResidue(second) },
    there: {
      size: printSize(demand.size),
      residue: printResidue(first),
      at: demand.origin?.site,
    },
    isValid: [demand.size, size].some(({ q }) => q.n < 0),
  };
  diagnostics.report('NET0404', origin.site, facts, around(origin));
}
