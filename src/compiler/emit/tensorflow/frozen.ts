import type { Graph } from '../../ir/graph.js';
import type { Weights } from '../weights.js';
import { emitFunction } from './function.js';
import { GraphDefBuilder } from './graphdef.js';
import type { NodeDef, SignatureDef } from './proto.js';
import { type SavedModelFile, savedModelOf } from './saved-model.js';
import { freezeVariables } from './variables.js';

export interface FrozenGraph {
  readonly nodes: readonly NodeDef[];
  readonly signature: SignatureDef;
}

/** A prediction graph as a GraphDef with its weights as constants, named by their paths. */
export function freeze(graph: Graph, weights: Weights): FrozenGraph {
  const b = new GraphDefBuilder();
  const handles = freezeVariables(b, graph.variables, weights);
  const signature = emitFunction(b, graph.name, graph, handles);
  return { nodes: b.nodes, signature };
}

/**
 * A SavedModel that predicts by itself: the weights are constants of its graph and there is no folder of variables, so that
 * TensorFlow and TensorFlow Serving load it as it is. Its signature is `serving_default`.
 */
export function emitFrozenModel(graph: Graph, weights: Weights): SavedModelFile {
  const { nodes, signature } = freeze(graph, weights);
  return savedModelOf(nodes, { serving_default: signature });
}
