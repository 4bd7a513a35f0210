import type { Graph } from '../ir/graph.js';
import { biasBeforeNorm } from './bias-before-norm.js';
import { commonSubexpressions } from './common-subexpressions.js';
import { foldConstants } from './constants.js';
import { rewrite } from './rewrite.js';
import { rules } from './rules.js';

/** A graph to a graph that computes the same. */
export interface Pass {
  readonly name: string;
  readonly summary: string;
  readonly run: (graph: Graph) => Graph;
}

/** In the order they run; each also drops what nothing reaches any more. */
export const passes: readonly Pass[] = [
  {
    name: 'fold-constants',
    summary: 'Computes what depends on constants alone.',
    run: foldConstants,
  },
  {
    name: 'rewrite',
    summary: 'Applies the rules of `rules.ts`.',
    run: (graph) => rewrite(graph, rules),
  },
  {
    name: 'bias-before-norm',
    summary: 'Drops biases that a batch norm takes away, and their gradients, which are 0.',
    run: biasBeforeNorm,
  },
  {
    name: 'common-subexpressions',
    summary: 'Computes once what is written more than once.',
    run: commonSubexpressions,
  },
];

export const optimise = (graph: Graph): Graph =>
  passes.reduce((current, { run }) => run(current), graph);
