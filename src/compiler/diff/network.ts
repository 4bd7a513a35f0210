import type { ImageSize } from '../graph/cost.js';
import { bindingsAt, elementsOf, multiplyAddsOf } from '../graph/cost.js';
import type { Graph, Node, Value } from '../graph/graph.js';
import type { Application } from '../resolve/application.js';
import { joinPath } from '../resolve/expansion.js';
import { reachedTree } from '../resolve/reached-tree.js';
import { printValue } from '../resolve/values.js';
import type { Origin } from '../source/origin.js';

/** What an instance and all inside it add: numbers that are trained, multiply-adds for one image. */
export interface Share {
  readonly weights: number;
  readonly multiplyAdds: number;
}

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
  /** The path of each application through steps of loops and shared instances: where it is applied. */
  readonly paths: ReadonlyMap<Application, string>;
  share(application: Application): Share;
  configuration(application: Application): Configuration;
}

export function networkOf(graph: Graph, wholeTree: Application, size: ImageSize): Network {
  const tree = reachedTree(graph, wholeTree);
  const { applications, paths } = indexOf(tree);
  const nodes = new Map<Application, Node[]>();
  const makers = new Map<Value, Application>();
  for (const node of graph.nodes) {
    const maker = innermost(node.origin, applications) ?? tree;
    nodes.set(maker, [...(nodes.get(maker) ?? []), node]);
    for (const result of node.results) makers.set(result, maker);
  }
  const own = ownShares(graph, makers, size);
  const share = (application: Application): Share =>
    application.children
      .map(share)
      .concat(own.get(application) ?? [])
      .reduce(plus, nothing);
  const configuration = (application: Application): Configuration => [
    ...application.configuration.map(([name, value]) => [name, printValue(value)] as const),
    ...numbersIn(nodes.get(application) ?? []).map((number) => ['', number] as const),
  ];
  return { graph, tree, nodes, makers, paths, share, configuration };
}

/** The numbers that an operator combines with a tensor are nodes of its own. */
const numbersIn = (nodes: readonly Node[]): readonly string[] =>
  nodes.filter(({ op }) => op === 'constant').map(({ attributes }) => String(attributes.value));

export const nothing: Share = { weights: 0, multiplyAdds: 0 };
export const plus = (a: Share, b: Share): Share => ({
  weights: a.weights + b.weights,
  multiplyAdds: a.multiplyAdds + b.multiplyAdds,
});

function indexOf(tree: Application): {
  applications: ReadonlyMap<Origin, Application>;
  paths: ReadonlyMap<Application, string>;
} {
  const applications = new Map<Origin, Application>();
  const paths = new Map<Application, string>();
  const visit = (application: Application, path: string): void => {
    const { block, origin, children } = application;
    paths.set(application, path);
    // A step of a loop has the origin of the block around it.
    if (block !== null && origin) applications.set(origin, application);
    for (const child of children) visit(child, joinPath(path, child.segment));
  };
  visit(tree, '');
  return { applications, paths };
}

function innermost(
  origin: Origin | null,
  applications: ReadonlyMap<Origin, Application>,
): Application | undefined {
  for (let at = origin; at; at = at.parent) {
    const application = applications.get(at);
    if (application) return application;
  }
  return undefined;
}

/** A weight belongs to the application that uses it first. */
function ownShares(
  graph: Graph,
  makers: ReadonlyMap<Value, Application>,
  size: ImageSize,
): ReadonlyMap<Application, Share> {
  const bindings = bindingsAt(graph, size);
  const weights = new Map(
    graph.variables
      .filter(({ kind }) => kind === 'weight')
      .map((variable) => [variable.value, elementsOf(variable)]),
  );
  const own = new Map<Application, Share>();
  for (const node of graph.nodes) {
    const maker = makers.get(node.results[0])!;
    let made = 0;
    for (const operand of node.operands) {
      made += weights.get(operand) ?? 0;
      weights.delete(operand);
    }
    const share = { weights: made, multiplyAdds: multiplyAddsOf(node, bindings) };
    own.set(maker, plus(own.get(maker) ?? nothing, share));
  }
  return own;
}
