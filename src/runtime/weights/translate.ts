import type { Variable } from '../../compiler/ir/graph.js';
import { InputError } from '../errors/errors.js';
import { extentsOf, type StoredTensors } from './fit.js';
import type { TensorNames, WeightMap } from './map.js';
import { type Misfit, printExtents, shortened } from './misfit.js';
import type { StoredTensor } from './safetensors/format.js';

/** Tensors in our names and layouts, and those of either side that did not fit. */
export interface Translation {
  readonly tensors: StoredTensors;
  readonly misfits: readonly Misfit[];
}

/**
 * The weights and moments of a network out of another implementation's. Pairs that neither side has are passed over, so
 * that one map serves every depth.
 * @param file what messages call theirs
 * @param takes whether a path is to be taken from theirs; of others neither side is asked
 */
export function translate(
  map: WeightMap,
  file: string,
  theirs: StoredTensors,
  variables: readonly Variable[],
  takes: (path: string) => boolean = () => true,
): Translation {
  const own = variables.filter(({ path }) => takes(path));
  const wanted = new Map(own.map((variable) => [variable.path, variable]));
  const tensors = new Map<string, StoredTensor>();
  const misfits: Misfit[] = [];
  const used = new Set<string>();
  for (const pair of map.pairs) {
    const found = pair.theirs.filter((name) => theirs.has(name));
    for (const name of found) used.add(name);
    const variable = wanted.get(pair.ours);
    wanted.delete(pair.ours);
    if (!takes(pair.ours) || (found.length === 0 && !variable)) continue;
    const problem = misfit(pair, found, theirs, variable);
    if (problem === null) tensors.set(pair.ours, transposed(theirs.get(found[0]!)!, pair.axes));
    else misfits.push({ ...problem, message: `${file} ${problem.message}` });
  }
  for (const name of theirs.keys()) {
    if (used.has(name) || map.ignores(name)) continue;
    misfits.push({ message: `${file} has ${name}, which the map does not name` });
  }
  for (const path of wanted.keys()) {
    misfits.push({ message: `the map names nothing for ${path}`, path });
  }
  return { tensors, misfits };
}

/** Why what is found of a pair can't be the variable's value, or null where it can. */
function misfit(
  { ours, axes, theirs: names }: TensorNames,
  [name, ...others]: readonly string[],
  theirs: StoredTensors,
  variable: Variable | undefined,
): Misfit | null {
  const path = ours;
  if (!variable) return { message: `has ${name}, but the network has no ${ours}`, path };
  const extents = extentsOf(variable);
  if (axes && axes.length !== extents.length) {
    const given = `${axes.length} axes; ${ours} is ${printExtents(extents)}`;
    return { message: `has ${name ?? names[0]}, to which the map gives ${given}`, path };
  }
  const wanted = axes ? inverse(axes).map((axis) => extents[axis]!) : extents;
  if (name === undefined) {
    return {
      message: `has no ${names.join(' or ')}, ${printExtents(wanted)}, for ${ours}`,
      path,
    };
  }
  if (others.length > 0) {
    return { message: `has both ${name} and ${others.join(', ')} for ${ours}`, path };
  }
  const given = theirs.get(name)!.shape;
  if (given.join() === wanted.join()) return null;
  const shapes = `${printExtents(given)}; ${printExtents(wanted)} would fit ${ours}`;
  return { message: `has ${name} as ${shapes}`, path, extents: { given, wanted } };
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
    } else tensors.set(pair.theirs[0]!, transposed(tensor, pair.axes && inverse(pair.axes)));
  }
  if (problems.length > 0) throw new InputError(...shortened(problems));
  return tensors;
}

const inverse = (axes: readonly number[]): number[] => axes.map((_, axis) => axes.indexOf(axis));

/** The tensor whose axis `i` is axis `axes[i]` of the given one; itself for null. */
export function transposed(tensor: StoredTensor, axes: readonly number[] | null): StoredTensor {
  if (!axes) return tensor;
  const shape = axes.map((axis) => tensor.shape[axis]!);
  const strides = tensor.shape.map((_, axis) =>
    tensor.shape.slice(axis + 1).reduce((a, b) => a * b, 1),
  );
  const data = tensor.data.slice();
  const index = shape.map(() => 0);
  for (let to = 0; to < data.length; to++) {
    const from = index.reduce((sum, position, i) => sum + position * strides[axes[i]!]!, 0);
    data[to] = tensor.data[from]!;
    for (let i = shape.length - 1; i >= 0 && ++index[i]! === shape[i]; i--) index[i] = 0;
  }
  return { shape, data };
}
