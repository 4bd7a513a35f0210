import type { Graph } from '../ir/graph.js';
import { printResidue, type Residue } from '../sizes/residue.js';
import {
  type Bindings,
  type Extents,
  evaluateSize,
  printShape,
  type Shape,
  type Size,
} from '../sizes/size.js';
import { atLeast, boundsOf } from './requirements.js';

/** Inputs that the graph is not defined for: each with its sizes, a sentence. */
export class BindingError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const isSymbol = ({ symbol, p, q }: Size): boolean => symbol !== null && p.n === p.d && q.n === 0;

/**
 * What each size symbol stands for, read off the inputs' extents by name. Throws `BindingError` that lists every input
 * that is missing or does not fit its declared shape, and every size that the residues exclude or, where `graph` has its
 * nodes, that leaves some size of theirs below 1.
 */
export function bindSymbols(
  graph: Pick<Graph, 'name' | 'inputs' | 'symbols'> & Partial<Pick<Graph, 'nodes'>>,
  extents: Readonly<Record<string, Extents>>,
): Bindings {
  const bindings: Record<string, number> = {};
  const problems: string[] = [];
  const ranked = graph.inputs.filter(({ name, value }) => {
    const { shape } = value.type;
    const given = extents[name];
    if (!given) problems.push(`${graph.name} wants an input ${name}, which is not given`);
    else if (given.length !== shape.length) problems.push(misfit(name, given, shape, {}));
    else bindAxes(shape, given, bindings);
    return given?.length === shape.length;
  });
  for (const { name, value } of ranked) {
    const { shape } = value.type;
    const given = extents[name]!;
    const known = ({ symbol }: Size): boolean => symbol === null || symbol in bindings;
    const fits = shape.every(
      (size, axis) => !known(size) || evaluateSize(size, bindings) === given[axis],
    );
    if (!fits) problems.push(misfit(name, given, shape, bindings));
  }
  const bounds = graph.nodes && boundsOf(graph.nodes);
  const complete = ranked.length === graph.inputs.length;
  for (const residue of graph.symbols) {
    const value = bindings[residue.symbol];
    // Where an input is at fault already, a symbol that only it tells is no second fault.
    if (value !== undefined)
      problems.push(
        ...excluded(graph.name, residue, value, bounds?.get(residue.symbol)?.least ?? 1),
      );
    else if (complete) problems.push(`no input of ${graph.name} tells ${residue.symbol}`);
  }
  if (problems.length > 0) throw new BindingError(problems);
  return bindings;
}

function bindAxes(shape: Shape, given: Extents, bindings: Record<string, number>): void {
  shape.forEach((size, axis) => {
    if (isSymbol(size)) bindings[size.symbol!] ??= given[axis]!;
  });
}

function misfit(name: string, given: Extents, shape: Shape, bindings: Bindings): string {
  const known = Object.entries(bindings).map(([symbol, value]) => `${symbol} = ${value}`);
  const where = known.length > 0 ? ` with ${known.join(', ')}` : '';
  return `the input ${name} is [${given.join(', ')}], which does not fit ${printShape(shape)}${where}`;
}

function excluded(graphName: string, residue: Residue, value: number, bound: number): string[] {
  const { symbol, modulus } = residue;
  const least = atLeast(residue, bound);
  const above = atLeast(residue, Math.max(value, least));
  if (above === value) return [];
  const near = [above - modulus, above].filter((size) => size >= least);
  const from = value < bound ? `${printResidue(residue)} from ${least} on` : printResidue(residue);
  return [
    `${symbol} is ${value}, but ${graphName} is defined for ${from}: ${near.join(' or ')} would do`,
  ];
}
