import type { DType, Variable } from '../../compiler/graph/graph.js';
import type { Tensor } from '../../compiler/ops/definition.js';
import { evaluateShape } from '../../compiler/shapes/size.js';
import type { HostTensor } from '../engines/engine.js';
import type { StoredTensor } from './safetensors.js';

/** Tensors by name, as a file holds them. */
export type StoredTensors = ReadonlyMap<string, StoredTensor>;

/** What training keeps beside the network is stored under these names. */
const isOptimisers = (name: string): boolean => /^(optimizer|ema)\//.test(name);

/** The tensors that are the network's: weights and moments, not the optimiser's. */
export const networkTensors = (tensors: StoredTensors): StoredTensors =>
  new Map([...tensors].filter(([name]) => !isOptimisers(name)));

export const printExtents = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

export const isWhole = ({ data }: StoredTensor): boolean =>
  data instanceof Int32Array || data instanceof BigInt64Array;

/** The extents of a variable; variables have no symbols. */
export const extentsOf = ({ value }: Variable): readonly number[] =>
  evaluateShape(value.type.shape, {});

/**
 * Each tensor of `file` that is missing, misshapen or surplus, in one line. The optimiser's are
 * never surplus: a network is also what a run holds of it.
 */
export function misfits(
  file: string,
  variables: readonly Variable[],
  tensors: StoredTensors,
): string[] {
  const problems: string[] = [];
  for (const variable of variables) {
    const { path } = variable;
    const wanted = printExtents(extentsOf(variable));
    const found = tensors.get(path);
    if (!found) problems.push(`${file} has no ${path}, ${wanted} in the network`);
    else if (variable.value.type.dtype === 'int' && !isWhole(found)) {
      problems.push(`${file} has ${path} as reals, the network wants integers`);
    } else if (printExtents(found.shape) !== wanted) {
      const given = printExtents(found.shape);
      problems.push(`${file} has ${path} as ${given}, the network wants ${wanted}`);
    }
  }
  const known = new Set(variables.map(({ path }) => path));
  for (const name of tensors.keys()) {
    if (known.has(name) || isOptimisers(name)) continue;
    problems.push(`${file} has ${name}, which the network does not have`);
  }
  return problems;
}

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
