import protobuf from 'protobufjs/light.js';
import { MessageWriter, sizeOfField } from './message-writer.js';
import { type NodeDef, sizeOfNodes, writeNode } from './node-def.js';

export type { NodeDef } from './node-def.js';

/** `DataType` of TensorFlow's types.proto. */
export const DataType = {
  float: 1,
  double: 2,
  int32: 3,
  bfloat16: 14,
  bool: 10,
  uint64: 23,
} as const;
export type DataType = (typeof DataType)[keyof typeof DataType];

export interface TensorShape {
  /** -1 for a size known only at run time. */
  readonly dim: readonly { readonly size: number }[];
}

export interface TensorProto {
  readonly dtype: DataType;
  readonly tensorShape: TensorShape;
  readonly floatVal?: readonly number[];
  readonly intVal?: readonly number[];
  /** Little-endian, in place of the lists of values. */
  readonly tensorContent?: Uint8Array;
}

/** One of the fields is set. */
export interface AttrValue {
  readonly s?: string;
  readonly i?: number;
  readonly f?: number;
  readonly b?: boolean;
  readonly type?: DataType;
  readonly shape?: TensorShape;
  readonly tensor?: TensorProto;
  readonly list?: { readonly i?: readonly number[]; readonly type?: readonly DataType[] };
}

export interface TensorInfo {
  readonly name: string;
  readonly dtype: DataType;
  readonly tensorShape: TensorShape;
}

export interface SignatureDef {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputs: Readonly<Record<string, TensorInfo>>;
  readonly methodName: string;
}

export interface MetaGraphDef {
  readonly metaInfoDef: { readonly tags: readonly string[]; readonly tensorflowVersion: string };
  readonly graphDef: {
    readonly node: readonly NodeDef[];
    readonly versions: { readonly producer: number };
  };
  readonly signatureDef: Readonly<Record<string, SignatureDef>>;
}

export interface SavedModel {
  readonly savedModelSchemaVersion: number;
  readonly metaGraphs: readonly [MetaGraphDef];
}

const one = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ type, id, rule: 'repeated' });
/** Numbers without a tag each, as proto3 writes them. */
const packed = (type: string, id: number) => ({ ...many(type, id), options: { packed: true } });
const map = (type: string, id: number) => ({ type, id, keyType: 'string' });
const message = (fields: Record<string, { type: string; id: number }>) => ({ fields });

/**
 * The part of TensorFlow's saved_model, meta_graph, graph, node_def, attr_value, tensor and types.proto that is written
 * here. Enumerations are `int32`, the byte string `AttrValue.s` is a `string`, and `NodeDef.attr`, a map, is its entries as
 * bytes, so that the few different ones are encoded once: what goes over the wire is the same. Nodes, and the messages they
 * are in, are written by `encodeSavedModel`.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    SavedModel: message({ savedModelSchemaVersion: one('int64', 1) }),
    MetaGraphDef: message({
      metaInfoDef: one('MetaInfoDef', 1),
      signatureDef: map('SignatureDef', 5),
    }),
    MetaInfoDef: message({ tags: many('string', 4), tensorflowVersion: one('string', 5) }),
    GraphDef: message({ versions: one('VersionDef', 4) }),
    VersionDef: message({ producer: one('int32', 1) }),
    AttrEntry: message({ key: one('string', 1), value: one('AttrValue', 2) }),
    // A oneof, or a false, a 0 and an empty string would not be written, as defaults are not.
    AttrValue: {
      oneofs: { value: { oneof: ['list', 's', 'i', 'f', 'b', 'type', 'shape', 'tensor'] } },
      ...message({
        list: one('ListValue', 1),
        s: one('string', 2),
        i: one('int64', 3),
        f: one('float', 4),
        b: one('bool', 5),
        type: one('int32', 6),
        shape: one('TensorShapeProto', 7),
        tensor: one('TensorProto', 8),
      }),
    },
    ListValue: message({ i: packed('int64', 3), type: packed('int32', 6) }),
    TensorShapeProto: message({ dim: many('Dim', 2) }),
    Dim: message({ size: one('int64', 1) }),
    TensorProto: message({
      dtype: one('int32', 1),
      tensorShape: one('TensorShapeProto', 2),
      tensorContent: one('bytes', 4),
      floatVal: packed('float', 5),
      intVal: packed('int32', 7),
    }),
    SignatureDef: message({
      inputs: map('TensorInfo', 1),
      outputs: map('TensorInfo', 2),
      methodName: one('string', 3),
    }),
    TensorInfo: message({
      name: one('string', 1),
      dtype: one('int32', 2),
      tensorShape: one('TensorShapeProto', 3),
    }),
  },
});

const savedModelType = root.lookupType('SavedModel');
const metaGraphType = root.lookupType('MetaGraphDef');
const graphDefType = root.lookupType('GraphDef');
const attrEntryType = root.lookupType('AttrEntry');

/** One entry of `NodeDef.attr`. */
export const encodeAttr = (key: string, value: AttrValue): Uint8Array =>
  attrEntryType.encode({ key, value }).finish();

/** The entry that `encodeAttr` made. */
export const decodeAttr = (entry: Uint8Array): { key: string; value: AttrValue } =>
  attrEntryType.toObject(attrEntryType.decode(entry), { longs: Number, arrays: true }) as never;

/**
 * The bytes of a `saved_model.pb`. A protobuf writer grows by copies, and each 64 MB of them have V8 search all memory for
 * garbage: that took half the time of a graph of millions of nodes. So the nodes are written into bytes that have their final size.
 */
export function encodeSavedModel({ metaGraphs: [meta], ...model }: SavedModel): Uint8Array {
  const { node, versions } = meta.graphDef;
  const head = savedModelType.encode(model).finish();
  const info = metaGraphType.encode({ metaInfoDef: meta.metaInfoDef }).finish();
  const signatures = metaGraphType.encode({ signatureDef: meta.signatureDef }).finish();
  const version = graphDefType.encode({ versions }).finish();

  const graphSize = sizeOfNodes(node) + version.length;
  const metaSize = info.length + sizeOfField(graphSize) + signatures.length;
  const writer = new MessageWriter(head.length + sizeOfField(metaSize));
  writer.raw(head);
  writer.begin(2, metaSize);
  writer.raw(info);
  writer.begin(2, graphSize);
  for (const each of node) writeNode(writer, each);
  writer.raw(version);
  writer.raw(signatures);
  return writer.bytes;
}
