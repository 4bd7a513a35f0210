import { type Extents, fixedValue, type Shape, type Size } from '../sizes/size.js';

/** `float` is float32 in the engines and float64 in the reference; `int` is a 32-bit integer. */
export type DType = 'float' | 'int';

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** A value of the graph: assigned once, by an input, a variable or a node. */
export interface Value {
  readonly id: number;
  readonly type: TensorType;
}

/** What configures a node; every attribute prints, reads back and compares by value. */
export type Attribute = number | string | boolean | readonly number[] | readonly Size[];
export type Attributes = { readonly [name: string]: Attribute };

/** A tensor of the reference: row-major float64, whatever the type in the graph. */
export interface Tensor {
  readonly shape: Extents;
  readonly data: Float64Array;
}

export const floatOf = (shape: Shape): TensorType => ({ dtype: 'float', shape });
export const typeOf = (dtype: DType, shape: Shape): TensorType => ({ dtype, shape });
/** How many channels a value has, which no size symbol stands for. */
export const channelsOf = ({ type }: Value): number => fixedValue(type.shape.at(-1)!)!;
export const sizeOf = (extents: Extents): number => extents.reduce((a, b) => a * b, 1);
/** `extents` as those of an image or a kernel, of which each has four. */
export function fourOf(extents: Extents): readonly [number, number, number, number] {
  const [first, second, third, fourth] = extents;
  if (fourth === undefined) throw new Error(`four axes are wanted, not [${extents.join(', ')}]`);
  return [first!, second!, third!, fourth];
}

export const emptyTensor = (shape: Extents): Tensor => ({
  shape,
  data: new Float64Array(sizeOf(shape)),
});
