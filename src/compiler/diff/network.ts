import { type Amounts, addAmounts, noAmounts, sharesOf } from '../cost/shares.js';
import type { Application } from '../expand/application.js';
import { innermostIn, reachedTree } from '../expand/reached-tree.js';
import type { Graph, Node, Value } from '../ir/graph.js';
import { constant } from '../ops/structure/constant.js';
import type { ImageSize } from '../sizes/size.js';
import { printValue } from '../values/value.js';

/** Arguments as a `.net` file writes them, by parameter; the numbers of an operator as `''`. */
export type Configuration = readonly (readonly [parameter: string, value: string])[];

/** One side of a comparison: a compiled model with what the comparison looks up in it. */
export interface Network {
  readonly graph: Graph;
  /** Only what an output depends on. */
  readonly tree: Application;
  /** By the innermost application of each: its nodes, in order. */
  readonly nodes: ReadonlyMap<Application, readonly Node[]>;
  /** The application that a value came out of; inputs and variables have none. */
  readonly makers: ReadonlyMap<Value, Application>;
  /** What an application and all inside it add. */
  share(application: Application): Amounts;
  configuration(application: Application): Configuration;
}

export function networkOf(graph: Graph, wholeTree: Application, size: ImageSize): Network {
  const tree = reachedTree(graph, wholeTree);
  const applicationOf = innermostIn(tree);
  const nodes = new Map<Application, Node[]>();
  const makers = new Map<Value, Application>();
  for (const node of graph.nodes) {
    const maker = applicationOf(node.origin) ?? tree;
    nodes.set(maker, [...(nodes.get(maker) ?? []), node]);
    for (const result of node.results) makers.set(result, maker);
  }
  const own = new Map<Application, Amounts>();
  for (const share of sharesOf(graph, size, 1)) {
    const application = applicationOf(share.origin) ?? tree;
    own.set(application, addAmounts(own.get(application) ?? noAmounts, share));
  }
  const share = (application: Application): Amounts =>
    application.children.map(share).reduce(addAmounts, own.get(application) ?? noAmounts);
  const configuration = (application: Application): Configuration => [
    ...application.configuration.map(([name, value]) => [name, printValue(value)] as const),
    ...numbersIn(nodes.get(application) ?? []).map((number) => ['', number] as const),
  ];
  return { graph, tree, nodes, makers, share, configuration };
}

/** The numbers that an operator combines with a tensor are nodes of its own. */
const numbersIn = (nodes: readonly Node[]): readonly string[] =>
  nodes.filter(({ op }) => op === constant).map(({ attributes }) => String(attributes.value));
