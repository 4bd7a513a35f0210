import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import { emitOnnx, type OnnxOptions } from '../../../../src/compiler/emit/onnx/model.js';
import type { Weights } from '../../../../src/compiler/emit/weights.js';
import type { Graph } from '../../../../src/compiler/graph/graph.js';
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
