import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import protobuf from 'protobufjs/light.js';
import { emitOnnx, type OnnxOptions } from '../../../../src/compiler/emit/onnx/model.js';
import type { Weights } from '../../../../src/compiler/emit/weights.js';
import type { Graph } from '../../../../src/compiler/ir/graph.js';
import type { HostTensor, Tensors } from '../../../../src/runtime/engines/engine.js';

export interface OnnxSession {
  run(inputs: Tensors): Promise<Tensors>;
}

/** The exported graph in ONNX Runtime, on one thread. */
export async function openOnnx(
  graph: Graph,
  weights: Weights = {},
  options: OnnxOptions = {},
): Promise<OnnxSession> {
  return sessionOf(emitOnnx(graph, weights, options));
}

/** A file in ONNX Runtime, on one thread. */
export async function sessionOf(file: Uint8Array): Promise<OnnxSession> {
  const session = await InferenceSession.create(file, { intraOpNumThreads: 1 });
  return {
    async run(inputs) {
      const fed = Object.entries(inputs).map(([name, tensor]) => [name, onnxTensor(tensor)]);
      const outputs = await session.run(Object.fromEntries(fed));
      return Object.fromEntries(
        Object.entries(outputs).map(([name, { dims, data }]) => [
          name,
          { shape: dims, data: data as Float32Array },
        ]),
      );
    },
  };
}

const onnxTensor = ({ shape, data }: HostTensor): OnnxTensor =>
  data instanceof Float32Array
    ? new OnnxTensor('float32', data, shape)
    : new OnnxTensor('int32', data, shape);

/** What an ONNX file's `metadata_props` (field 14 of ModelProto) hold, read by the wire format alone. */
export function metadataIn(file: Uint8Array): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [field, bytes] of fieldsOf(file)) {
    if (field !== 14) continue;
    const [key, value] = fieldsOf(bytes).map(([, bytes]) => new TextDecoder().decode(bytes));
    texts[key!] = value!;
  }
  return texts;
}

/** The fields of a message with their bytes; those of a number have none. */
function fieldsOf(message: Uint8Array): [number, Uint8Array][] {
  const reader = protobuf.Reader.create(message);
  const fields: [number, Uint8Array][] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if ((tag & 7) === 2) fields.push([tag >>> 3, reader.bytes()]);
    else reader.skipType(tag & 7);
  }
  return fields;
}
