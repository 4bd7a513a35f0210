import { bindingsAt } from '../../compiler/cost/cost.js';
import type { Graph, Node, Value } from '../../compiler/ir/graph.js';
import { sub } from '../../compiler/ops/elementwise/sub.js';
import { batchNormTrain } from '../../compiler/ops/normalisation/batch-norm-train.js';
import { reduceMean } from '../../compiler/ops/reduction/reduce-mean.js';
import { broadcastTo } from '../../compiler/ops/structure/broadcast-to.js';
import { reshape } from '../../compiler/ops/structure/reshape.js';
import { type Bindings, evaluateShape } from '../../compiler/sizes/size.js';
import { positionAt } from '../../compiler/source/source.js';
import { type Experiment, stepsOf } from '../experiments/experiment.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';
import type { Network } from '../networks/network.js';

/**
 * Reports a norm that trains on one value at a time, of which nothing is left less its mean, as PyTorch refuses it: batch norm with
 * batch 1 and a map of 1x1, an instance norm of such a map, a group or a layer norm of one channel.
 */
export function checkNorms(
  experiment: Experiment,
  { graph, program }: Network,
  misfit: LoadedExperiment['misfit'],
): void {
  const { batch, patch } = experiment;
  if (stepsOf(experiment) === 0) return;
  const bindings = bindingsAt(graph, { height: patch, width: patch }, batch);
  const ofBatch = program.functions.train!.nodes.find((node) => isBatchNormOfOne(node, bindings));
  const node = ofBatch ?? centredByItself(graph, bindings);
  if (!node) return;
  const { origin } = node;
  const line = origin
    ? `${origin.site.file.path}:${positionAt(origin.site.file, origin.site.start).line}`
    : graph.name;
  const path = origin?.path ?? graph.name;
  const ofImages = ofBatch !== undefined;
  misfit([ofImages ? 'batch' : 'patch'], { kind: 'oneValue', batch, patch, line, path, ofImages });
}

function isBatchNormOfOne({ op, operands }: Node, bindings: Bindings): boolean {
  if (op !== batchNormTrain) return false;
  const [images, height, width] = evaluateShape(operands[0]!.type.shape, bindings);
  return images! * height! * width! === 1;
}

/** The first difference of a value and its own mean where each value has a mean of its own. */
function centredByItself({ nodes }: Graph, bindings: Bindings): Node | undefined {
  const maker = new Map(nodes.flatMap((node) => node.results.map((result) => [result, node])));
  const sizeOf = ({ type }: Value): number =>
    evaluateShape(type.shape, bindings).reduce((size, extent) => size * extent, 1);
  return nodes.find(({ op, operands }) => {
    if (op !== sub) return false;
    const [value, other] = operands as readonly [Value, Value];
    const size = sizeOf(value);
    let [at, hasMean] = [other, false];
    for (;;) {
      if (at === value) return hasMean;
      const node = maker.get(at);
      const isMean = node?.op === reduceMean;
      if (!node || !(isMean || node.op === reshape || node.op === broadcastTo)) return false;
      // Fewer means than values.
      if (isMean && sizeOf(at) < size) return false;
      [at, hasMean] = [node.operands[0]!, hasMean || isMean];
    }
  });
}
