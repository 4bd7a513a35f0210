import type { Variable } from '../../compiler/graph/graph.js';
import { InputError } from '../errors.js';
import { extentsOf, printExtents, type StoredTensors } from './fit.js';
import type { Pair, WeightMap } from './map.js';
import type { StoredTensor } from './safetensors.js';

/**
 * The weights and moments of a network out of another implementation's. Pairs that neither side has are passed over, so
 * that one map serves every depth. Throws `InputError` with every missing, surplus or misshapen tensor.
 * @param file what messages call theirs
 */
export function importTensors(
  map: WeightMap,
  file: string,
  theirs: StoredTensors,
  variables: readonly Variable[],
): StoredTensors {
  const wanted = new Map(variables.map((variable) => [variable.path, variable]));
  const tensors = new Map<string, StoredTensor>();
  const problems: string[] = [];
  const used = new Set<string>();
  for (const pair of map.pairs) {
    const found = pair.theirs.filter((name) => theirs.has(name));
    for (const name of found) used.add(name);
    const variable = wanted.get(pair.ours);
    wanted.delete(pair.ours);
    if (found.length === 0 && !variable) continue;
    const problem = misfit(pair, found, theirs, variable);
    if (problem !== null) problems.push(`${file} ${problem}`);
    else tensors.set(pair.ours, transposed(theirs.get(found[0])!, pair.axes));
  }
  for (const name of theirs.keys()) {
    if (used.has(name) || map.ignores(name)) continue;
    problems.push(`${file} has ${name}, which the map does not name`);
  }
  for (const path of wanted.keys()) problems.push(`the map names nothing for ${path}`);
  if (problems.length > 0) throw new InputError(...problems);
  return tensors;
}

/** Why what is found of a pair can't be the variable's value, or null where it can. */
function misfit(
  pair: Pair,
  [name, ...others]: readonly string[],
  theirs: StoredTensors,
  variable: Variable | undefined,
): string | null {
  const { ours, axes } = pair;
  if (!variable) return `has ${name}, but the network has no ${ours}`;
  const extents = extentsOf(variable);
  if (axes && axes.length !== extents.length) {
    return `has ${name}, to which the map gives ${axes.length} axes; ${ours} is ${printExtents(extents)}`;
  }
  const shape = axes ? inverse(axes).map((axis) => extents[axis]) : extents;
  if (name === undefined)
    return `has no ${pair.theirs.join(' or ')}, ${printExtents(shape)}, for ${ours}`;
  if (others.length > 0) return `has both ${name} and ${others.join(', ')} for ${ours}`;
  const given = theirs.get(name)!.shape;
  if (given.join() === shape.join()) return null;
  return `has ${name} as ${printExtents(given)}; ${printExtents(shape)} would fit ${ours}`;
}

/** Our tensors under their names. Throws `InputError` with those the map has no name for. */
export function exportTensors(map: WeightMap, ours: StoredTensors): StoredTensors {
  const pairs = new Map(map.pairs.map((pair) => [pair.ours, pair]));
  const problems: string[] = [];
  const tensors = new Map<string, StoredTensor>();
  for (const [path, tensor] of ours) {
    const pair = pairs.get(path);
    if (!pair) problems.push(`the map names nothing for ${path}`);
    else if (pair.axes && pair.axes.length !== tensor.shape.length) {
      problems.push(
        `${path} is ${printExtents(tensor.shape)}, the map gives it ${pair.axes.length} axes`,
      );
    } else tensors.set(pair.theirs[0], transposed(tensor, pair.axes && inverse(pair.axes)));
  }
  if (problems.length > 0) throw new InputError(...problems);
  return tensors;
}

const inverse = (axes: readonly number[]): number[] => axes.map((_, axis) => axes.indexOf(axis));

/** The tensor whose axis `i` is axis `axes[i]` of the given one; itself for null. */
export function transposed(tensor: StoredTensor, axes: readonly number[] | null): StoredTensor {
  if (!axes) return tensor;
  const shape = axes.map((axis) => tensor.shape[axis]);
  const strides = tensor.shape.map((_, axis) =>
    tensor.shape.slice(axis + 1).reduce((a, b) => a * b, 1),
  );
  const data = tensor.data.slice();
  const index = shape.map(() => 0);
  for (let to = 0; to < data.length; to++) {
    const from = index.reduce((sum, position, i) => sum + position * strides[axes[i]], 0);
    data[to] = tensor.data[from];
    for (let i = shape.length - 1; i >= 0 && ++index[i] === shape[i]; i--) index[i] = 0;
  }
  return { shape, data };
}
