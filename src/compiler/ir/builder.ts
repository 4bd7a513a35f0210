import type { Arity, GradientBuilder, OpDefinition, Tuple } from '../ops/definition.js';
import { ops } from '../ops/registry.js';
import type { Attributes } from '../ops/values.js';
import type { Residue } from '../sizes/residue.js';
import type { Origin } from '../source/origin.js';
import type {
  Graph,
  Input,
  Node,
  Output,
  Phase,
  TensorType,
  Update,
  Value,
  Variable,
} from './graph.js';
import type { Initializer } from './initializer.js';
import { idLimit, reachedBy, renumbered } from './reach.js';

/**
 * Makes a graph from the first value on. Types are inferred as nodes are added, and a `ShapeError` reaches the caller;
 * that sizes divide is not asked here, since only what an output reaches may demand it (models-3).
 */
export class GraphBuilder implements GradientBuilder {
  readonly ops = ops;
  /** Of the nodes that are added. */
  phase: Phase = 'forward';
  /** The same; undefined of what is there once. */
  tower: number | undefined;
  readonly #inputs = new Map<string, Input>();
  readonly #variables = new Map<string, Variable>();
  readonly #held = new Map<Value['id'], Variable>();
  readonly #nodes: Node[] = [];
  // By the values' numbers, which are dense: a map over values takes most of the time of a large graph. It has a place for each
  // value from its first moment on, as an array with a wide gap is kept as a map.
  #producers: (Node | undefined)[] = [];
  readonly #outputs = new Map<string, Output>();
  readonly #updates = new Map<string, Update>();
  #origin: Origin | null = null;

  constructor(readonly name: string) {}

  /** Goes on where `graph` ended: its values stay valid, its outputs and updates stand. */
  static continuing(graph: Graph, name = graph.name): GraphBuilder {
    const builder = GraphBuilder.onValuesOf(graph, name);
    for (const node of graph.nodes) builder.keep(node);
    for (const output of graph.outputs) builder.#outputs.set(output.name, output);
    for (const update of graph.updates) builder.#updates.set(update.path, update);
    return builder;
  }

  /** Begins with the inputs and variables of `graph`, whose nodes may be kept; what is added is numbered after its values. */
  static onValuesOf(graph: Graph, name: string): GraphBuilder {
    const builder = new GraphBuilder(name);
    builder.#producers = new Array(idLimit(graph));
    for (const input of graph.inputs) builder.#inputs.set(input.name, input);
    for (const variable of graph.variables) builder.#declare(variable);
    return builder;
  }

  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  get inputs(): readonly Input[] {
    return [...this.#inputs.values()];
  }

  get variables(): readonly Variable[] {
    return [...this.#variables.values()];
  }

  get outputs(): readonly Output[] {
    return [...this.#outputs.values()];
  }

  /** A number above the ids of all values so far. */
  get idLimit(): number {
    return this.#producers.length;
  }

  get nodeCount(): number {
    return this.#nodes.length;
  }

  get variableCount(): number {
    return this.#variables.size;
  }

  /** The node that `value` is a result of; undefined for an input or a variable. */
  producer(value: Value): Node | undefined {
    return this.#producers[value.id];
  }

  input(name: string, type: TensorType): Value {
    if (this.#inputs.has(name)) throw new Error(`the input ${name} is there already`);
    const value = this.#value(type);
    this.#inputs.set(name, { name, value });
    return value;
  }

  /** The variable at `path`, where there is one already. */
  variableAt(path: string): Variable | undefined {
    return this.#variables.get(path);
  }

  /** The variable whose value at the call's begin is `value`. */
  variableOf(value: Value): Variable | undefined {
    return this.#held.get(value.id);
  }

  variable(path: string, kind: Variable['kind'], type: TensorType, initial: Initializer): Value {
    if (this.#variables.has(path)) throw new Error(`the variable ${path} is there already`);
    const value = this.#value(type);
    this.#declare({ path, kind, initial, value });
    return value;
  }

  apply<N extends Arity, A extends Attributes, R extends Arity>(
    op: OpDefinition<N, A, R>,
    operands: Tuple<Value, N>,
    attributes: A,
    origin?: Origin | null,
  ): Tuple<Value, R>;
  apply(
    op: OpDefinition,
    operands: readonly Value[],
    attributes: Attributes,
    origin: Origin | null = this.#origin,
  ): readonly Value[] {
    const types = op.infer(
      operands.map((operand) => operand.type),
      attributes,
      () => {},
    );
    const results = types.map((type) => this.#value(type));
    const { phase, tower } = this;
    this.keep({ op, operands, attributes, results, origin, phase, tower });
    return results;
  }

  /** Adds `node` with new results of the types it has: nothing is inferred. Its operands are of this builder. */
  copy({ op, operands, attributes, results: known, origin, phase, tower }: Node): readonly Value[] {
    const results = known.map(({ type }) => this.#value(type));
    this.keep({ op, operands, attributes, results, origin, phase, tower });
    return results;
  }

  /** Adds `node` as it is. Its operands are of this builder, its results of the graph that this one began with. */
  keep(node: Node): void {
    this.#nodes.push(node);
    for (const { id } of node.results) this.#producers[id] = node;
  }

  constant(value: number): Value {
    return this.apply(ops.constant, [], { value })[0];
  }

  /** Runs `body` with `origin` on every node it adds. */
  withOrigin<T>(origin: Origin | null, body: () => T): T {
    const outer = this.#origin;
    this.#origin = origin;
    try {
      return body();
    } finally {
      this.#origin = outer;
    }
  }

  /** Runs `body` with the origin and the phase of `node` on every node it adds. */
  inPlaceOf<T>({ origin, phase }: Node, body: () => T): T {
    const outer = this.phase;
    this.phase = phase;
    try {
      return this.withOrigin(origin, body);
    } finally {
      this.phase = outer;
    }
  }

  output(name: string, value: Value): void {
    if (this.#outputs.has(name)) throw new Error(`the output ${name} is there already`);
    this.#outputs.set(name, { name, value });
  }

  /** The outputs so far, which are none of the graph's any more. */
  takeOutputs(): readonly Output[] {
    const { outputs } = this;
    this.#outputs.clear();
    return outputs;
  }

  /** The updates so far, which are none of the graph's any more. */
  takeUpdates(): readonly Update[] {
    const updates = [...this.#updates.values()];
    this.#updates.clear();
    return updates;
  }

  update(path: string, value: Value): void {
    if (this.#updates.has(path)) throw new Error(`${path} is updated twice`);
    this.#updates.set(path, { path, value });
  }

  /** Nodes and variables that no output or update depends on so far; `finish` drops them. */
  unreached(): { readonly nodes: readonly Node[]; readonly variables: readonly Variable[] } {
    const graph = this.#whole([]);
    const reached = reachedBy(graph);
    return {
      nodes: graph.nodes.filter((node) => !reached.node(node)),
      variables: graph.variables.filter(({ value }) => !reached.value(value)),
    };
  }

  /** The graph of all that outputs, `besides` among them, and updates reach, its values numbered in order. Inputs stay. */
  finish(symbols: readonly Residue[], besides: readonly Output[] = []): Graph {
    const graph = this.#whole(symbols);
    return renumbered({ ...graph, outputs: [...graph.outputs, ...besides] });
  }

  #whole(symbols: readonly Residue[]): Graph {
    return {
      name: this.name,
      symbols,
      inputs: [...this.#inputs.values()],
      variables: [...this.#variables.values()],
      nodes: this.#nodes,
      outputs: [...this.#outputs.values()],
      updates: [...this.#updates.values()],
    };
  }

  #declare(variable: Variable): void {
    this.#variables.set(variable.path, variable);
    this.#held.set(variable.value.id, variable);
  }

  #value(type: TensorType): Value {
    const id = this.#producers.length;
    this.#producers.push(undefined);
    return { id, type };
  }
}
