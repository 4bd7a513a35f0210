import {
  type AttrValue,
  DataType,
  decodeAttr,
  type NodeDef,
  type TensorShape,
} from '../tensorflow/proto.js';

/** By number, as types.proto has them. */
export const typeNames: Readonly<Record<DataType, string>> = {
  [DataType.float]: 'DT_FLOAT',
  [DataType.double]: 'DT_DOUBLE',
  [DataType.int32]: 'DT_INT32',
  [DataType.bool]: 'DT_BOOL',
  [DataType.bfloat16]: 'DT_BFLOAT16',
  [DataType.uint64]: 'DT_UINT64',
};

export const shapeToJson = ({ dim }: TensorShape) => ({
  dim: dim.map(({ size }) => ({ size: String(size) })),
});

/** As protobuf writes JSON: 64-bit integers as text, bytes as base64, enumerations by name. */
function attrToJson({ type, shape, tensor, list, s, i, f, b }: AttrValue): object {
  if (type !== undefined) return { type: typeNames[type] };
  if (shape) return { shape: shapeToJson(shape) };
  if (tensor) {
    // The values are in the file of weights.
    const { dtype, tensorShape } = tensor;
    return { tensor: { dtype: typeNames[dtype], tensorShape: shapeToJson(tensorShape) } };
  }
  if (list) {
    const { i: integers = [], type: types = [] } = list;
    return types.length > 0
      ? { list: { type: types.map((type) => typeNames[type]) } }
      : { list: { i: integers.map(String) } };
  }
  if (s !== undefined) return { s: btoa(s) };
  if (i !== undefined) return { i: String(i) };
  return f === undefined ? { b } : { f };
}

/** A NodeDef as `model.json` holds it. */
export function nodeToJson({ name, op, input, attr }: NodeDef): object {
  const entries = attr.map(decodeAttr).map(({ key, value }) => [key, attrToJson(value)]);
  return { name, op, input, attr: Object.fromEntries(entries) };
}
