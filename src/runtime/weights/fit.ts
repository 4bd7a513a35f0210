import type { DType, Variable } from '../../compiler/ir/graph.js';
import type { Tensor } from '../../compiler/ops/values.js';
import { evaluateShape } from '../../compiler/sizes/size.js';
import type { HostTensor } from '../engines/engine.js';
import { type Misfit, printExtents } from './misfit.js';
import type { StoredTensor } from './safetensors/format.js';

/** Tensors by name, as a file holds them. */
export type StoredTensors = ReadonlyMap<string, StoredTensor>;

/** What training keeps beside the network is stored under these names. */
const isOptimisers = (name: string): boolean => /^(optimizer|ema)\//.test(name);

/** The tensors that are the network's: weights and moments, not the optimiser's. */
export const networkTensors = (tensors: StoredTensors): StoredTensors =>
  new Map([...tensors].filter(([name]) => !isOptimisers(name)));

export const isWhole = ({ data }: StoredTensor): boolean =>
  data instanceof Int32Array || data instanceof BigInt64Array;

/** The extents of a variable; variables have no symbols. */
export const extentsOf = ({ value }: Variable): readonly number[] =>
  evaluateShape(value.type.shape, {});

/**
 * Each tensor of `file` that is missing, misshapen or surplus. The optimiser's are never surplus: a network is also what a
 * run holds of it.
 */
export function misfitsOf(
  file: string,
  variables: readonly Variable[],
  tensors: StoredTensors,
): Misfit[] {
  const problems = variables.flatMap((variable): Misfit[] => {
    const { path } = variable;
    const wanted = extentsOf(variable);
    const found = tensors.get(path);
    const misfit = (what: string): Misfit => ({ message: `${file} has ${what}`, path });
    if (!found) return [misfit(`no ${path}, ${printExtents(wanted)} in the network`)];
    if (variable.value.type.dtype === 'int' && !isWhole(found)) {
      return [misfit(`${path} as reals, the network wants integers`)];
    }
    const given = found.shape;
    if (given.join() === wanted.join()) return [];
    const shapes = `${path} as ${printExtents(given)}, the network wants ${printExtents(wanted)}`;
    return [{ ...misfit(shapes), extents: { given, wanted } }];
  });
  const known = new Set(variables.map(({ path }) => path));
  for (const name of tensors.keys()) {
    if (known.has(name) || isOptimisers(name)) continue;
    problems.push({ message: `${file} has ${name}, which the network does not have`, path: name });
  }
  return problems;
}

/** The same in one line each. */
export const misfits = (...given: Parameters<typeof misfitsOf>): string[] =>
  misfitsOf(...given).map(({ message }) => message);

/** As an engine takes it: float32, or int32 where the network wants integers. */
export const hostTensor = ({ shape, data }: StoredTensor, dtype: DType): HostTensor => ({
  shape,
  data: dtype === 'int' ? numbers(data, Int32Array) : numbers(data, Float32Array),
});

/** As the reference takes it. */
export const tensorInDouble = ({ shape, data }: StoredTensor): Tensor => ({
  shape,
  data: numbers(data, Float64Array),
});

type NumberArray = Float32Array | Float64Array | Int32Array;

/** `data` as an array of another type; itself where it is one. */
function numbers<A extends NumberArray>(
  data: StoredTensor['data'],
  Type: new (length: number) => A,
): A {
  if (data instanceof Type) return data;
  const converted = new Type(data.length);
  for (let i = 0; i < data.length; i++) converted[i] = Number(data[i]);
  return converted;
}
