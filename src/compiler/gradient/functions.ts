import { GraphBuilder } from '../ir/builder.js';
import type { Graph } from '../ir/graph.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { toInference, toMoments, toTraining } from '../passes/mode.js';
import { passes } from '../passes/passes.js';
import { recompute } from '../passes/recompute/recompute.js';
import { differentiate } from './differentiate.js';
import { type JoinedLoss, joinLoss } from './loss.js';
import { scaleOf } from './loss-scale.js';
import { addToSums, addUpdates, type Gradients, type TrainingOptions } from './training-step.js';

/** A function of the program while it is made. */
export interface Draft {
  readonly name: string;
  readonly model: Graph;
  /** Absent where the program only predicts. */
  readonly training: TrainingOptions | undefined;
  /** What the stages have made so far. */
  b: GraphBuilder;
  loss?: JoinedLoss;
  gradients?: Gradients | undefined;
  /** All of it, once a pass has been over it. */
  graph?: Graph;
}

export interface FunctionStage {
  readonly name: string;
  readonly summary: string;
  run(draft: Draft): void;
}

export interface ProgramFunction {
  readonly name: string;
  /** Whether a program that is trained so has it. */
  isWanted(model: Graph, training: TrainingOptions | undefined): boolean;
  readonly stages: readonly FunctionStage[];
  /** Those after the passes. */
  readonly last?: readonly FunctionStage[];
}

function made<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('a stage ran before those it goes on from');
  return part;
}

/** The gradients, of which no later stage knows. */
function taken(draft: Draft): Gradients {
  const gradients = made(draft.gradients);
  draft.gradients = undefined;
  return gradients;
}

const inference: FunctionStage = {
  name: 'inference',
  summary: 'The model as it predicts: no dropout, batch norm by its stored moments.',
  run(draft) {
    draft.b = toInference(draft.model, draft.name);
  },
};

const training: FunctionStage = {
  name: 'training',
  summary: "The model as it trains: dropout by masks, batch norm by the batch's moments.",
  run(draft) {
    draft.b = toTraining(draft.model, draft.name, draft.training?.isFrozen);
  },
};

const moments: FunctionStage = {
  name: 'training',
  summary: "The forward pass of training, which moves stored moments towards the batch's.",
  run(draft) {
    draft.b = toMoments(draft.model, draft.name, draft.training?.isFrozen);
  },
};

const loss: FunctionStage = {
  name: 'loss',
  summary:
    "The loss in the place of the model's outputs, with inputs for the target and its weight.",
  run(draft) {
    draft.b.phase = 'loss';
    draft.loss = joinLoss(draft.b, draft.b.takeOutputs(), made(draft.training).loss);
    draft.b.output('loss', draft.loss.loss);
  },
};

const lossBeside: FunctionStage = {
  name: 'loss',
  summary: "The loss beside the model's outputs.",
  run({ b, training }) {
    b.phase = 'loss';
    b.output('loss', joinLoss(b, b.outputs, made(training).loss).loss);
  },
};

const gradient: FunctionStage = {
  name: 'gradient',
  summary: 'The gradient of the loss by each weight that is not frozen.',
  run(draft) {
    const { b } = draft;
    const { isFrozen = () => false } = made(draft.training);
    const weights = b.variables.filter(({ kind, path }) => kind === 'weight' && !isFrozen(path));
    const values = weights.map(({ value }) => value);
    b.phase = 'backward';
    const { loss } = made(draft.loss);
    const scaled = draft.training?.mixed ? arithmetic(b).mul(loss, scaleOf(b)) : loss;
    const found = differentiate(b, scaled, values);
    draft.gradients = new Map(
      weights.flatMap((weight) => {
        const of = found.get(weight.value);
        return of ? [[weight, of]] : [];
      }),
    );
  },
};

const optimiser: FunctionStage = {
  name: 'optimiser',
  summary: 'Clipping, the update of each weight and of what the optimiser keeps, moving averages.',
  run(draft) {
    draft.b.phase = 'optimiser';
    addUpdates(draft.b, made(draft.loss), taken(draft), made(draft.training));
  },
};

const sums: FunctionStage = {
  name: 'sums',
  summary: 'The gradients of one batch added to those of the batches before it.',
  run(draft) {
    draft.b.phase = 'optimiser';
    addToSums(draft.b, made(draft.loss), taken(draft), made(draft.training));
  },
};

const passStages = passes.map(
  ({ name, summary, run }): FunctionStage => ({
    name,
    summary,
    run(draft) {
      draft.graph = run(graphSoFar(draft));
    },
  }),
);

const recomputed: FunctionStage = {
  name: 'recompute',
  summary: 'Makes again in the backward pass what costs less than keeping it.',
  run(draft) {
    const { memory = 'normal' } = made(draft.training);
    draft.graph = recompute(graphSoFar(draft), memory);
  },
};

/** Their own stages: the passes go over each of them. */
const functions: readonly ProgramFunction[] = [
  { name: 'predict', isWanted: () => true, stages: [inference] },
  {
    name: 'train',
    isWanted: (_, training) => training !== undefined,
    stages: [training, loss, gradient, optimiser],
    last: [recomputed],
  },
  {
    name: 'accumulate',
    isWanted: (_, training) => (training?.accumulate ?? 1) > 1,
    stages: [training, loss, gradient, sums],
    last: [recomputed],
  },
  {
    name: 'validate',
    isWanted: (_, training) => training?.validate === true,
    stages: [inference, lossBeside],
  },
  {
    name: 'moments',
    isWanted: ({ variables }, training) =>
      training !== undefined &&
      variables.some(({ kind, path }) => kind === 'moment' && !training.isFrozen?.(path)),
    stages: [moments],
  },
];

/**
 * The functions of a program, in its order, each with the stages that make it. Inputs are the model's and:
 *
 * - `train`: the target (named as the output it is for), the loss's weight if any, `learningRate`, `seed`. Output: `loss`.
 * - `accumulate`: those of `train` but for `learningRate`. Output: `loss`. All but the last of a step's batches go here.
 * - `validate`: the target and the weight. Outputs: the model's and `loss`.
 * - `moments`: `seed` and `fraction`. No output.
 *
 * Their stages throw `LossError` and `DifferentiationError`.
 */
export const programFunctions: readonly ProgramFunction[] = functions.map((fn) => ({
  ...fn,
  stages: [...fn.stages, ...passStages, ...(fn.last ?? [])],
}));

export const newDraft = (
  name: string,
  model: Graph,
  training: TrainingOptions | undefined,
): Draft => ({ name, model, training, b: new GraphBuilder(name) });

/** What the stages have made so far as a graph; gradients that nothing takes yet are outputs of it. */
export function graphSoFar({ b, model, gradients = new Map(), graph }: Draft): Graph {
  if (graph) return graph;
  const shown = [...gradients].map(([{ path }, value]) => ({ name: `grad/${path}`, value }));
  return b.finish(model.symbols, shown);
}
