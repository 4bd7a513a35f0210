import { GraphBuilder } from '../../ir/builder.js';
import type { Graph, Node, Value } from '../../ir/graph.js';
import { idLimit } from '../../ir/reach.js';
import { after } from '../../ops/structure/after.js';
import { cheapAmong, type Halves } from './kept.js';

/** How many nodes of the backward pass a value that was made again waits for another use. */
const patience = 3;

/**
 * `graph` with a backward pass that reads of the large values of the forward pass only those `kept`, and makes the others again
 * where it reads them: cheap ones for each reader anew, the results of convolutions once.
 */
export const rebuiltFrom = (
  graph: Graph,
  halves: Halves,
  isLarge: (value: Value) => boolean,
  kept: ReadonlySet<Value>,
): Graph => new Recomputation(graph, halves, isLarge, kept).run();

class Recomputation {
  readonly #b: GraphBuilder;
  readonly #news: Value[];
  /** What was made again lately, by the value it is, with the place in the backward pass of its last use. */
  readonly #again = new Map<Value, { value: Value; at: number }>();
  /** What was computed again by operations that are not cheap. */
  readonly #computed = new Map<Value, Value>();
  readonly #gradients = new Set<Value>();
  /** The gradient that the backward pass has come to. */
  #event: Value | undefined;
  #at = 0;

  readonly #producers: ReadonlyMap<Value, Node>;
  readonly #places: ReadonlyMap<Node, number>;
  readonly #cheap: ReadonlySet<Value>;

  constructor(
    readonly graph: Graph,
    readonly halves: Halves,
    readonly isLarge: (value: Value) => boolean,
    readonly kept: ReadonlySet<Value>,
  ) {
    const { forward } = halves;
    this.#b = new GraphBuilder(graph.name);
    this.#news = new Array<Value>(idLimit(graph));
    this.#producers = new Map(forward.flatMap((node) => node.results.map((r) => [r, node])));
    this.#places = new Map(forward.map((node, i) => [node, i]));
    this.#cheap = cheapAmong(forward);
  }

  run(): Graph {
    const { graph } = this;
    const { forward, backward } = this.halves;
    const b = this.#b;
    for (const { name, value } of graph.inputs) this.#news[value.id] = b.input(name, value.type);
    for (const { path, kind, initial, value } of graph.variables)
      this.#news[value.id] = b.variable(path, kind, value.type, initial);
    for (const node of forward) this.#copy(node, node.operands.map(this.#renewed));
    this.#event = this.#renewed(forward.at(-1)!.results[0]!);
    b.phase = 'backward';
    for (const node of updatedEarly(graph, backward)) this.#backward(node);
    for (const { name, value } of graph.outputs) b.output(name, this.#renewed(value));
    for (const { path, value } of graph.updates) b.update(path, this.#renewed(value));
    return b.finish(graph.symbols);
  }

  /** Whether a value of the forward pass is not kept for the backward pass. What reads nothing could not be made to wait. */
  #isDropped(value: Value): boolean {
    return (
      this.isLarge(value) &&
      !this.kept.has(value) &&
      this.#producers.get(value)!.operands.length > 0
    );
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
      this.#cheap.has(operand) &&
      this.#producers
        .get(operand)!
        .operands.some((x) => node.operands.includes(x) && this.#isDropped(x));
    const read = (operand: Value): Value => {
      if (this.#isDropped(operand) || (!gradient && this.isLarge(operand)))
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

  /** `value` for a reader that waits for the gradients to come to it. */
  #made(value: Value): Value {
    const known = this.#again.get(value);
    if (known && this.#at - known.at <= patience) {
      known.at = this.#at;
      return known.value;
    }
    const made = this.#isRemade(value) ? this.#repeated(value) : this.#late(this.#held(value));
    this.#again.set(value, { value: made, at: this.#at });
    return made;
  }

  /** Whether a value is made anew for each reader. */
  #isRemade(value: Value): boolean {
    return this.#isDropped(value) && this.#cheap.has(value);
  }

  /** What stays until its last reader: a value that is kept, or the result of a convolution that was computed again. */
  #held(value: Value): Value {
    if (!this.#isDropped(value)) return this.#renewed(value);
    for (const node of this.#uncomputed(value)) {
      const again: Node = { ...node, operands: this.#lateOperands(node), phase: 'backward' };
      const results = this.#b.copy(again);
      node.results.forEach((result, i) => {
        this.#computed.set(result, results[i]!);
      });
    }
    return this.#computed.get(value)!;
  }

  /** In order, the nodes that are not cheap and have yet to be computed again for `value`. */
  #uncomputed(value: Value): readonly Node[] {
    const seen = new Set([value]);
    const nodes = new Set<Node>();
    for (const each of seen) {
      if (!this.#isDropped(each) || this.#computed.has(each)) continue;
      const node = this.#producers.get(each)!;
      if (!this.#cheap.has(each)) nodes.add(node);
      for (const operand of node.operands) seen.add(operand);
    }
    return [...nodes].sort((a, b) => this.#places.get(a)! - this.#places.get(b)!);
  }

  #late = (value: Value): Value => this.#b.apply(after, [value, this.#event!], {})[0];

  #lateOperands({ operands }: Node): readonly Value[] {
    const read = operands.map((operand) =>
      this.isLarge(operand) ? this.#made(operand) : this.#renewed(operand),
    );
    // Something has to wait, or all of it would be made at once.
    return operands.some(this.isLarge) ? read : read.with(0, this.#late(read[0]!));
  }

  /** The first result of a cheap node. */
  #repeated(value: Value): Value {
    const node = this.#producers.get(value)!;
    const results = node.results.map(this.#renewed);
    const again: Node = { ...node, operands: this.#lateOperands(node), phase: 'backward' };
    const { operands, op, attributes } = again;
    return this.#b.inPlaceOf(
      again,
      () => op.again?.(this.#b, { operands, results }, attributes) ?? this.#b.copy(again)[0]!,
    );
  }
}

/** `backward` with each node that only makes new values of variables as early as it can be, so that gradients need not wait. */
function updatedEarly({ updates }: Graph, backward: readonly Node[]): readonly Node[] {
  const updated = new Set(updates.map(({ value }) => value));
  const places = new Map<Value, number>();
  const placed = backward.map((node, i) => {
    const isUpdate = node.results.every((result) => updated.has(result));
    const last = node.operands.reduce((most, one) => Math.max(most, places.get(one) ?? -1), -1);
    const at = isUpdate ? last : i;
    for (const result of node.results) places.set(result, at);
    return { node, at };
  });
  return placed.sort((a, b) => a.at - b.at).map(({ node }) => node);
}
