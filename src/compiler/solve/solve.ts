import type { Diagnostics } from '../diagnostics/diagnostic.js';
import type { Graph, Node } from '../ir/graph.js';
import { printResidue, type Residue } from '../sizes/residue.js';
import { wholeFor } from '../sizes/rounded.js';
import { printSize, type Size } from '../sizes/size.js';
import type { Origin } from '../source/origin.js';
import { both, type Congruence, congruenceOf } from './congruence.js';

/** That a size is whole, said by the node that divides it. */
export interface SizeDemand {
  readonly size: Size;
  readonly origin: Origin | null;
}

/** What the nodes of a graph demand, in order; each size once, by its first node. */
export function demandsOf(nodes: readonly Node[]): readonly SizeDemand[] {
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
      if (size.p.d > 1 || size.q.d > 1) wholeFor(size).forEach(note);
    });
  }
  return [...demands.values()];
}

/**
 * Solves what the nodes of `graph` demand of the symbols (sizes-2): a residue for each of `symbols`, in order.
 * Reports constant sizes that are not whole and demands that no number meets, with both lines.
 */
export function solveSizes(
  graph: Pick<Graph, 'nodes'>,
  symbols: readonly string[],
  diagnostics: Diagnostics,
): readonly Residue[] {
  const congruences = new Map<string, Congruence[]>(symbols.map((symbol) => [symbol, []]));
  for (const demand of demandsOf(graph.nodes)) {
    const { symbol } = demand.size;
    const congruence = congruenceOf(demand);
    if (!congruence || symbol === null) notWhole(demand, diagnostics);
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
    const merged = both(residue, congruence);
    if (merged) {
      residue = merged;
      met.push(congruence);
    } else contradiction(met, congruence, diagnostics);
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

/** Congruences that pair by pair agree have a common solution, so one of `met` contradicts by itself. */
function contradiction(
  met: readonly Congruence[],
  second: Congruence,
  diagnostics: Diagnostics,
): void {
  const first = met.find((congruence) => !both(congruence, second));
  const { origin, size } = second.demand;
  if (!first || !origin) return;
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
