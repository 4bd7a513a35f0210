import type { DType, Value } from '../../ir/graph.js';
import { fixedValue, type Shape } from '../../sizes/size.js';
import { type Attrs, type GraphDefBuilder, shapeAttr, type Tensor, type } from './graphdef.js';
import { DataType, type SignatureDef, type TensorInfo } from './proto.js';

export const dataTypeOf = (dtype: DType): DataType =>
  dtype === 'float' ? DataType.float : DataType.int32;

const sizesOf = (shape: Shape): readonly number[] => shape.map((size) => fixedValue(size) ?? -1);

/** The attributes `dtype` and `shape` of a placeholder or a variable; -1 for a symbolic size. */
export const typeAttrs = ({ type: { dtype, shape } }: Value): Attrs => ({
  dtype: type(dataTypeOf(dtype)),
  shape: shapeAttr(sizesOf(shape)),
});

export const placeholder = (b: GraphDefBuilder, name: string, value: Value): Tensor =>
  b.node('Placeholder', name, [], typeAttrs(value));

/** A name of the reader's with the tensor that stands for it. */
export interface Binding {
  readonly name: string;
  readonly value: Value;
  readonly tensor: Tensor;
}

/** What a function without outputs gives, as something must be fetched for it to run. */
export const doneOutput = (
  b: GraphDefBuilder,
  scope: string,
  controls: readonly string[],
): Binding => ({
  name: 'done',
  value: { id: -1, type: { dtype: 'int', shape: [] } },
  tensor: b.node('Identity', `${scope}/done`, [b.ints([1], []), ...controls], {
    T: type(DataType.int32),
  }),
});

const infoOf = ({ value: { type }, tensor }: Binding): TensorInfo => ({
  name: tensor.includes(':') ? tensor : `${tensor}:0`,
  dtype: dataTypeOf(type.dtype),
  tensorShape: shapeAttr(sizesOf(type.shape)).shape!,
});

const infosOf = (bindings: readonly Binding[]): Record<string, TensorInfo> =>
  Object.fromEntries(bindings.map((binding) => [binding.name, infoOf(binding)]));

export const signatureOf = (
  inputs: readonly Binding[],
  outputs: readonly Binding[],
): SignatureDef => ({
  inputs: infosOf(inputs),
  outputs: infosOf(outputs),
  methodName: 'tensorflow/serving/predict',
});
