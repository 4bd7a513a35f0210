import type { DType } from '../../../src/compiler/ir/graph.js';
import type { OpDefinition } from '../../../src/compiler/ops/definition.js';
import { type Attributes, type Tensor, typeOf } from '../../../src/compiler/ops/values.js';
import {
  type Extents,
  evaluateShape,
  fixed,
  parseSize,
  printShape,
  printSize,
  type Size,
} from '../../../src/compiler/sizes/size.js';

export const tensor = (shape: Extents, values: ArrayLike<number>): Tensor => ({
  shape,
  data: Float64Array.from(values),
});

export const fixedShape = (extents: Extents): readonly Size[] => extents.map(fixed);

/** What `op` computes, with the shapes its own rule infers. */
export function evaluated<A extends Attributes>(
  op: OpDefinition<'any', A, 'any'>,
  operands: readonly (Tensor & { readonly dtype?: DType })[],
  attributes: A,
): readonly Tensor[] {
  const types = operands.map(({ shape, dtype = 'float' }) => typeOf(dtype, fixedShape(shape)));
  const shapes = op.infer(types, attributes, () => {}).map(({ shape }) => evaluateShape(shape, {}));
  return op.evaluate(operands, attributes, shapes);
}

/** The shapes `op` infers from `shapes`, printed, and the sizes it demands to be whole. */
export function inferred<A extends Attributes>(
  op: OpDefinition<'any', A, 'any'>,
  shapes: readonly string[],
  attributes: A,
): { shape: string; demands: string[] } {
  const demands: string[] = [];
  const types = shapes.map((text) => ({ dtype: 'float' as const, shape: shapeOf(text) }));
  const { shape } = op.infer(types, attributes, (size) => demands.push(printSize(size)))[0]!;
  return { shape: printShape(shape), demands };
}

/** Reads `[N, H/2, W, 64]`. */
export const shapeOf = (text: string): readonly Size[] =>
  text
    .slice(1, -1)
    .split(',')
    .map((size) => parseSize(size) as Size);
