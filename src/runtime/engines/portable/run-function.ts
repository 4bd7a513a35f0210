import type { Graph, Value } from '../../../compiler/ir/graph.js';
import { evaluateShape } from '../../../compiler/sizes/size.js';
import { bindSymbols } from '../../../compiler/solve/bindings.js';
import { EngineError } from '../../errors/errors.js';
import type { Tensors } from '../engine.js';
import { clocked } from '../session.js';
import { download, type Kernels, upload, type WasmTensor } from './kernels.js';
import { lastReadAt } from './liveness.js';
import { lower } from './lowering/index.js';

/** Variables by path. */
export type Variables = Map<string, WasmTensor>;

/**
 * A function of a program, ready to be called: computes node after node, frees each value as soon as its last use is
 * past, and puts the updates into `variables` when all is computed. `onNode` is told the milliseconds of each node.
 */
export function functionOf(k: Kernels, graph: Graph, variables: Variables) {
  const released = lastReadAt(graph);
  return (inputs: Tensors, onNode: (node: number, took: number) => void = () => {}): Tensors => {
    const extents = Object.entries(inputs).map(([name, { shape }]) => [name, shape]);
    const bindings = bindSymbols(graph, Object.fromEntries(extents));
    const values = new Map<Value['id'], WasmTensor>();
    const at = ({ id }: Value): WasmTensor => values.get(id)!;
    try {
      for (const { name, value } of graph.inputs) values.set(value.id, upload(k, inputs[name]!));
      for (const { path, value } of graph.variables)
        values.set(value.id, k.keep(heldAt(variables, path)));
      graph.nodes.forEach((node, i) => {
        const shapes = node.results.map(({ type }) => evaluateShape(type.shape, bindings));
        const { took, result: results } = clocked(() =>
          k.within(() => lower(k, node, node.operands.map(at), shapes)),
        );
        onNode(i, took);
        node.results.forEach(({ id }, j) => {
          values.set(id, results[j]!);
        });
        for (const value of released[i]!) {
          k.release(at(value));
          values.delete(value.id);
        }
      });
      for (const { path, value } of graph.updates) {
        k.release(heldAt(variables, path));
        variables.set(path, k.keep(at(value)));
      }
      return Object.fromEntries(
        graph.outputs.map(({ name, value }) => [name, download(k, at(value))]),
      );
    } finally {
      values.forEach(k.release);
    }
  };
}

function heldAt(variables: Variables, path: string): WasmTensor {
  const tensor = variables.get(path);
  if (tensor === undefined) throw new EngineError(`The variable ${path} has no value.`);
  return tensor;
}
