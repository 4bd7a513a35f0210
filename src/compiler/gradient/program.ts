import type { Graph, Program, Variable } from '../ir/graph.js';
import { momentsStep, toInference } from '../passes/mode.js';
import { type AfterPass, optimise } from '../passes/passes.js';
import {
  accumulationStep,
  type TrainingOptions,
  trainingStep,
  validationStep,
} from './training-step.js';

/**
 * All functions of a model over one list of variables: `predict` and, where it is to be trained, `train`, `accumulate`
 * where a step takes several batches, `validate` where that is wanted and, where it stores moments, `moments`. `after` sees what becomes of `predict`. Throws `LossError` and `DifferentiationError`.
 */
export function buildProgram(model: Graph, training?: TrainingOptions, after?: AfterPass): Program {
  const inference = toInference(model, 'predict');
  after?.('inference', inference);
  const functions: Record<string, Graph> = { predict: optimise(inference, after) };
  if (training) {
    functions.train = optimise(trainingStep(model, training));
    if ((training.accumulate ?? 1) > 1) {
      functions.accumulate = optimise(accumulationStep(model, training));
    }
    if (training.validate) functions.validate = optimise(validationStep(model, training.loss));
    const { isFrozen = () => false } = training;
    if (model.variables.some(({ kind, path }) => kind === 'moment' && !isFrozen(path))) {
      functions.moments = optimise(momentsStep(model, isFrozen));
    }
  }
  const variables = new Map<string, Variable>();
  for (const graph of [model, ...Object.values(functions)]) {
    for (const variable of graph.variables) {
      if (!variables.has(variable.path)) variables.set(variable.path, variable);
    }
  }
  return { name: model.name, variables: [...variables.values()], functions };
}
