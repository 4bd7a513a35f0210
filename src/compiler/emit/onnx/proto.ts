import protobuf from 'protobufjs/light.js';

/** `TensorProto.DataType`. */
export const DataType = { float: 1, int32: 6, int64: 7 } as const;
export type DataType = (typeof DataType)[keyof typeof DataType];

/** `AttributeProto` without its name; `type` says which field is set. */
export type AttributeValue =
  | { readonly type: 1; readonly f: number }
  | { readonly type: 2; readonly i: number }
  | { readonly type: 3; readonly s: string }
  | { readonly type: 7; readonly ints: readonly number[] };

export const float = (f: number): AttributeValue => ({ type: 1, f });
export const int = (i: number): AttributeValue => ({ type: 2, i });
export const text = (s: string): AttributeValue => ({ type: 3, s });
export const ints = (values: readonly number[]): AttributeValue => ({ type: 7, ints: values });

export interface NodeProto {
  readonly name: string;
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly (AttributeValue & { readonly name: string })[];
}

export interface TensorProto {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: DataType;
  readonly rawData: Uint8Array;
}

export interface ValueInfo {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: DataType;
      readonly shape: {
        readonly dim: readonly ({ readonly dimValue: number } | { readonly dimParam: string })[];
      };
    };
  };
}

export interface ModelProto {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly docString: string;
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  readonly graph: {
    readonly name: string;
    readonly node: readonly NodeProto[];
    readonly initializer: readonly TensorProto[];
    readonly input: readonly ValueInfo[];
    readonly output: readonly ValueInfo[];
  };
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
}

const one = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ type, id, rule: 'repeated' });
const packed = (type: string, id: number) => ({ ...many(type, id), options: { packed: true } });
const message = (fields: Record<string, { type: string; id: number }>) => ({ fields });

/** The part of onnx.proto that is written here. Enumerations are `int32`, the byte string of an attribute is a `string`. */
const root = protobuf.Root.fromJSON({
  nested: {
    ModelProto: message({
      irVersion: one('int64', 1),
      producerName: one('string', 2),
      producerVersion: one('string', 3),
      docString: one('string', 6),
      graph: one('GraphProto', 7),
      opsetImport: many('OperatorSetIdProto', 8),
      metadataProps: many('StringStringEntryProto', 14),
    }),
    StringStringEntryProto: message({ key: one('string', 1), value: one('string', 2) }),
    OperatorSetIdProto: message({ domain: one('string', 1), version: one('int64', 2) }),
    GraphProto: message({
      node: many('NodeProto', 1),
      name: one('string', 2),
      initializer: many('TensorProto', 5),
      input: many('ValueInfoProto', 11),
      output: many('ValueInfoProto', 12),
    }),
    NodeProto: message({
      input: many('string', 1),
      output: many('string', 2),
      name: one('string', 3),
      opType: one('string', 4),
      attribute: many('AttributeProto', 5),
    }),
    AttributeProto: message({
      name: one('string', 1),
      f: one('float', 2),
      i: one('int64', 3),
      s: one('string', 4),
      ints: packed('int64', 8),
      type: one('int32', 20),
    }),
    TensorProto: message({
      dims: packed('int64', 1),
      dataType: one('int32', 2),
      name: one('string', 8),
      rawData: one('bytes', 9),
    }),
    ValueInfoProto: message({ name: one('string', 1), type: one('TypeProto', 2) }),
    TypeProto: message({ tensorType: one('TypeProtoTensor', 1) }),
    TypeProtoTensor: message({ elemType: one('int32', 1), shape: one('TensorShapeProto', 2) }),
    TensorShapeProto: message({ dim: many('Dimension', 1) }),
    Dimension: message({ dimValue: one('int64', 1), dimParam: one('string', 2) }),
  },
});

const modelType = root.lookupType('ModelProto');

/** The bytes of a `.onnx` file. */
export const encodeModel = (model: ModelProto): Uint8Array => modelType.encode(model).finish();
