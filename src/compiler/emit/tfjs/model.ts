import type { Graph } from '../../ir/graph.js';
import { freeze } from '../tensorflow/frozen.js';
import {
  DataType,
  decodeAttr,
  type NodeDef,
  type TensorInfo,
  type TensorProto,
} from '../tensorflow/proto.js';
import { graphDefVersion } from '../tensorflow/saved-model.js';
import { littleEndian, type Weights } from '../weights.js';
import { nodeToJson, shapeToJson, typeNames } from './json.js';
import { withTfjsKernels } from './kernels.js';

/** What browsers cache well, as tensorflowjs_converter cuts. */
const shardBytes = 4 * 1024 * 1024;

/**
 * A prediction graph with its weights as a tfjs graph model: the files that `loadGraphModel` reads, by name. Inputs and
 * outputs have netc's names in its signature.
 */
export function emitTfjsModel(
  graph: Graph,
  weights: Weights,
): Readonly<Record<string, string | Uint8Array>> {
  const { nodes, signature } = freeze(withTfjsKernels(graph), weights);
  const constants = nodes.filter(({ op }) => op === 'Const').map(constantOf);
  const shards = shardsOf(constants.map(({ bytes }) => bytes));
  const paths = shards.map((_, i) => `group1-shard${i + 1}of${shards.length}.bin`);
  const model = {
    format: 'graph-model',
    generatedBy: 'netc',
    convertedBy: 'netc',
    signature: {
      inputs: mapValues(signature.inputs, infoToJson),
      outputs: mapValues(signature.outputs, infoToJson),
    },
    modelTopology: {
      node: nodes.map(nodeToJson),
      library: {},
      versions: { producer: graphDefVersion },
    },
    weightsManifest: [{ paths, weights: constants.map(({ spec }) => spec) }],
  };
  const files = paths.map((path, i) => [path, shards[i]]);
  return { 'model.json': JSON.stringify(model), ...Object.fromEntries(files) };
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

const infoToJson = ({ name, dtype, tensorShape }: TensorInfo) => ({
  name,
  dtype: typeNames[dtype],
  tensorShape: shapeToJson(tensorShape),
});

interface Constant {
  readonly spec: {
    readonly name: string;
    readonly shape: readonly number[];
    readonly dtype: string;
  };
  readonly bytes: Uint8Array;
}

function constantOf({ name, attr }: NodeDef): Constant {
  const { tensor } = attr.map(decodeAttr).find(({ key }) => key === 'value')!.value;
  const { dtype, tensorShape } = tensor as TensorProto;
  const shape = tensorShape.dim.map(({ size }) => size);
  const spec = { name, shape, dtype: dtype === DataType.float ? 'float32' : 'int32' };
  return { spec, bytes: bytesOf(tensor as TensorProto) };
}

function bytesOf({ dtype, floatVal = [], intVal = [], tensorContent }: TensorProto): Uint8Array {
  if (tensorContent && tensorContent.length > 0) return tensorContent;
  return littleEndian(
    dtype === DataType.float ? Float32Array.from(floatVal) : Int32Array.from(intVal),
  );
}

/** All bytes one after another, cut into pieces. */
function shardsOf(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  const count = Math.max(1, Math.ceil(whole.length / shardBytes));
  return Array.from({ length: count }, (_, i) =>
    whole.subarray(i * shardBytes, (i + 1) * shardBytes),
  );
}
