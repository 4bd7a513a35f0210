import { bindingsAt } from '../../compiler/cost/cost.js';
import type { Graph } from '../../compiler/ir/graph.js';
import { batchNormTrain } from '../../compiler/ops/normalisation/batch-norm-train.js';
import { evaluateShape } from '../../compiler/sizes/size.js';
import { positionAt } from '../../compiler/source/source.js';
import { type Experiment, stepsOf } from '../experiments/experiment.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';
import type { Network } from '../networks/network.js';

/** Reports a batch norm that trains on one value a channel, as PyTorch refuses it: batch 1 and a map of 1x1. */
export function checkNorms(
  experiment: Experiment,
  { graph, program }: Network,
  misfit: LoadedExperiment['misfit'],
): void {
  const { batch, patch } = experiment;
  if (batch > 1 || stepsOf(experiment) === 0) return;
  const node = normOfOne(graph, program.functions.train!, patch);
  if (!node) return;
  const { origin } = node;
  const line = origin
    ? `${origin.site.file.path}:${positionAt(origin.site.file, origin.site.start).line}`
    : graph.name;
  misfit(['batch'], { kind: 'oneValue', batch, patch, line, path: origin?.path ?? graph.name });
}

function normOfOne(model: Graph, train: Graph, patch: number) {
  const bindings = bindingsAt(model, { height: patch, width: patch }, 1);
  return train.nodes.find(({ op, operands }) => {
    if (op !== batchNormTrain) return false;
    const [images, height, width] = evaluateShape(operands[0]!.type.shape, bindings);
    return images! * height! * width! === 1;
  });
}
