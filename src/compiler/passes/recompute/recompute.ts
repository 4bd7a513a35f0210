import { GraphBuilder } from '../../ir/builder.js';
import type { Graph, Node, Value } from '../../ir/graph.js';
import { idLimit } from '../../ir/reach.js';
import { after } from '../../ops/structure/after.js';
import { typicalElements } from './elements.js';
import { halvesOf, keptValues } from './kept.js';

/** How many nodes of the backward pass a value that was made again waits for another use. */
const patience = 8;

/** Of the largest value: what is smaller is kept as it is. */
const smallShare = 1 / 1000;

/**
 * A training step whose backward pass makes again what costs little more than reading it: the results of elementwise
 * operations, of batch norms, concatenations and the like, from convolutions' results. Each is made when the gradients
 * have come to where it is read, which `after` sees to. A graph without a loss, or for no image of a typical size, stays.
 */
export function recompute(graph: Graph): Graph {
  const halves = halvesOf(graph);
  const elements = halves && typicalElements(graph);
  if (!elements) return graph;
  const all = halves.forward.flatMap(({ results }) => results.map(elements));
  const small = smallShare * all.reduce((a, b) => Math.max(a, b), 0);
  const kept = keptValues(halves, elements, small);
  const made = new Map(halves.forward.flatMap((node) => node.results.map((r) => [r, node])));
  const isMade = (value: Value): boolean => made.has(value) && elements(value) >= small;
  return new Recomputation(graph, made, (value) => isMade(value) && !kept.has(value), isMade).run(
    halves.backward,
  );
}

/** The rebuilding of one graph. */
class Recomputation {
  readonly #b: GraphBuilder;
  readonly #news: Value[];
  /** What was made again lately, by the value it is, with the place in the backward pass of its last use. */
  readonly #again = new Map<Value, { value: Value; at: number }>();
  readonly #gradients = new Set<Value>();
  /** The gradient that the backward pass has come to. */
  #event: Value | undefined;
  #at = 0;

  constructor(
    readonly graph: Graph,
    readonly producers: ReadonlyMap<Value, Node>,
    /** Whether a value of the forward pass is not kept for the backward pass. */
    readonly isDropped: (value: Value) => boolean,
    readonly isLarge: (value: Value) => boolean,
  ) {
    this.#b = new GraphBuilder(graph.name);
    this.#news = new Array<Value>(idLimit(graph));
  }

  run(backward: readonly Node[]): Graph {
    const { graph } = this;
    const b = this.#b;
    for (const { name, value } of graph.inputs) this.#news[value.id] = b.input(name, value.type);
    for (const { path, kind, initial, value } of graph.variables)
      this.#news[value.id] = b.variable(path, kind, value.type, initial);
    const forward = graph.nodes.slice(0, graph.nodes.length - backward.length);
    for (const node of forward) this.#copy(node, node.operands.map(this.#renewed));
    this.#event = this.#renewed(forward.at(-1)!.results[0]!);
    b.phase = 'backward';
    for (const node of backward) this.#backward(node);
    for (const { name, value } of graph.outputs) b.output(name, this.#renewed(value));
    for (const { path, value } of graph.updates) b.update(path, this.#renewed(value));
    return b.finish(graph.symbols);
  }

  #renewed = ({ id }: Value): Value => this.#news[id]!;

  #copy(node: Node, operands: readonly Value[]): void {
    this.#b.copy({ ...node, operands }).forEach((value, i) => {
      this.#news[node.results[i]!.id] = value;
    });
  }

  #backward(node: Node): void {
    this.#at++;
    const gradient = node.operands.find((operand) => this.#gradients.has(operand));
    if (gradient) this.#event = this.#renewed(gradient);
    const isPair = (operand: Value): boolean =>
      this.isLarge(operand) &&
      this.producers
        .get(operand)!
        .operands.some((x) => node.operands.includes(x) && this.isDropped(x));
    const read = (operand: Value): Value => {
      if (this.isDropped(operand) || (!gradient && this.isLarge(operand)))
        return this.#made(operand);
      // Of a maximum and what it is of, both are made again or none, or they might differ by a rounding.
      return isPair(operand) ? this.#repeated(operand) : this.#renewed(operand);
    };
    this.#copy(node, node.operands.map(read));
    // What reads nothing, such as a fill, may be there before the gradients are.
    if (node.operands.length === 0) return;
    for (const result of node.results)
      if (result.type.shape.length === 4) this.#gradients.add(result);
  }

  #made(value: Value): Value {
    const known = this.#again.get(value);
    if (known && this.#at - known.at <= patience) {
      known.at = this.#at;
      return known.value;
    }
    const made = this.isDropped(value) ? this.#repeated(value) : this.#late(value);
    this.#again.set(value, { value: made, at: this.#at });
    return made;
  }

  #late = (value: Value): Value =>
    this.#b.apply(after, [this.#renewed(value), this.#event!], {})[0];

  #repeated(value: Value): Value {
    const node = this.producers.get(value)!;
    const operands = node.operands.map((operand) =>
      this.isLarge(operand) ? this.#made(operand) : this.#renewed(operand),
    );
    // Something has to wait, or all of it would be made at once.
    if (!node.operands.some(this.isLarge)) operands[0] = this.#late(node.operands[0]!);
    const results = node.results.map(this.#renewed);
    const again: Node = { ...node, operands, phase: 'backward' };
    return this.#b.inPlaceOf(
      again,
      () =>
        node.op.again?.(this.#b, { operands, results }, node.attributes) ?? this.#b.copy(again)[0]!,
    );
  }
}
