import { printResidue, type Residue } from '../shapes/residue.js';
import {
  type Bindings,
  type Extents,
  evaluateSize,
  printShape,
  type Shape,
  type Size,
} from '../shapes/size.js';
import type { Graph } from './graph.js';

/** Inputs whose sizes the graph is not defined for; the message names the input and the sizes. */
export class BindingError extends Error {}

const isSymbol = ({ symbol, p, q }: Size): boolean => symbol !== null && p.n === p.d && q.n === 0;

/**
 * What each size symbol stands for, read off the inputs' extents by name. Throws `BindingError` where an input is
 * missing, does not fit its declared shape, or has a size the residues exclude.
 */
export function bindSymbols(
  graph: Pick<Graph, 'name' | 'inputs' | 'symbols'>,
  extents: Readonly<Record<string, Extents>>,
): Bindings {
  const bindings: Record<string, number> = {};
  for (const { name, value } of graph.inputs) {
    const given = extents[name];
    if (!given) throw new BindingError(`${graph.name} wants an input ${name}, which is not given`);
    const { shape } = value.type;
    if (given.length !== shape.length) throw misfit(name, given, shape, bindings);
    shape.forEach((size, axis) => {
      if (isSymbol(size)) bindings[size.symbol!] ??= given[axis];
    });
  }
  for (const { name, value } of graph.inputs) {
    const { shape } = value.type;
    const fits = shape.every((size, axis) => evaluateSize(size, bindings) === extents[name][axis]);
    if (!fits) throw misfit(name, extents[name], shape, bindings);
  }
  for (const residue of graph.symbols) checkResidue(graph.name, residue, bindings);
  return bindings;
}

function misfit(name: string, given: Extents, shape: Shape, bindings: Bindings): BindingError {
  const known = Object.entries(bindings).map(([symbol, value]) => `${symbol} = ${value}`);
  const where = known.length > 0 ? ` with ${known.join(', ')}` : '';
  return new BindingError(
    `the input ${name} is [${given.join(', ')}], which does not fit ${printShape(shape)}${where}`,
  );
}

function checkResidue(graphName: string, residue: Residue, bindings: Bindings): void {
  const { symbol, modulus, remainder } = residue;
  const value = bindings[symbol];
  if (value === undefined) throw new BindingError(`no input of ${graphName} tells ${symbol}`);
  const excess = (((value - remainder) % modulus) + modulus) % modulus;
  if (excess === 0) return;
  const near = [value - excess, value - excess + modulus].filter((size) => size > 0);
  throw new BindingError(
    `${symbol} is ${value}, but ${graphName} is defined for ${printResidue(residue)}: ${near.join(' or ')} would do`,
  );
}
