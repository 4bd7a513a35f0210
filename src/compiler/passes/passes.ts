import type { Graph } from '../ir/graph.js';
import { commonSubexpressions } from './common-subexpressions.js';
import { foldConstants } from './constants.js';
import { rewrite } from './rewrite.js';
import { rules } from './rules.js';

/** A graph to a graph that computes the same. */
export interface Pass {
  readonly name: string;
  readonly run: (graph: Graph) => Graph;
}

/** In the order they run; each also drops what nothing reaches any more. */
export const passes: readonly Pass[] = [
  { name: 'fold-constants', run: foldConstants },
  { name: 'rewrite', run: (graph) => rewrite(graph, rules) },
  { name: 'common-subexpressions', run: commonSubexpressions },
];

/** Called with what each step made, for those who look at what is between. */
export type AfterPass = (pass: string, graph: Graph) => void;

export const optimise = (graph: Graph, after?: AfterPass): Graph =>
  passes.reduce((current, { name, run }) => {
    const made = run(current);
    after?.(name, made);
    return made;
  }, graph);
