import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { env, type io, setBackend, type Tensor as TfTensor, tensor } from '@tensorflow/tfjs-core';
import { emitTfjsModel } from '../../../../src/compiler/emit/tfjs/model.js';
import type { Weights } from '../../../../src/compiler/emit/weights.js';
import type { Graph } from '../../../../src/compiler/ir/graph.js';
import type { Tensors } from '../../../../src/runtime/engines/engine.js';

/** The exported files as a page would fetch them. */
function handlerOf(files: Readonly<Record<string, string | Uint8Array>>): io.IOHandler {
  const model = JSON.parse(files['model.json'] as string) as io.ModelJSON;
  const shards = model.weightsManifest.flatMap(({ paths }) => paths);
  const bytes = Buffer.concat(shards.map((path) => files[path] as Uint8Array));
  return {
    load: async () => ({
      ...model,
      modelTopology: model.modelTopology,
      weightSpecs: model.weightsManifest.flatMap(({ weights }) => weights),
      weightData: Uint8Array.from(bytes).buffer,
    }),
  };
}

/** Runs the exported graph model by tfjs-converter, on the plain JavaScript backend. */
export async function openTfjs(graph: Graph, weights: Weights = {}) {
  // Or the backend advises to install another.
  env().set('PROD', true);
  await setBackend('cpu');
  const model = await loadGraphModel(handlerOf(emitTfjsModel(graph, weights)));
  return {
    run(inputs: Tensors): Tensors {
      const fed = Object.entries(inputs).map(([name, { shape, data }]) => [
        name,
        tensor(data, [...shape], data instanceof Float32Array ? 'float32' : 'int32'),
      ]);
      const names = graph.outputs.map(({ name }) => name);
      const outputs = model.execute(Object.fromEntries(fed), names.map(tensorNameOf));
      const listed = Array.isArray(outputs) ? outputs : [outputs];
      return Object.fromEntries(listed.map((output: TfTensor, i) => [names[i], hostOf(output)]));
    },
  };

  function tensorNameOf(name: string): string {
    const outputs = model.modelSignature as { outputs: Record<string, { name: string }> };
    return outputs.outputs[name]!.name;
  }
}

const hostOf = (output: TfTensor) => ({
  shape: output.shape,
  data: output.dataSync() as Float32Array,
});
