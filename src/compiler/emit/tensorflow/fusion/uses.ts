import type { Graph, Node, NodeOf, Value } from '../../../ir/graph.js';
import { sameShape } from '../../../sizes/size.js';

/** Who uses what in a graph, and which nodes a fusion has taken already. */
export class Uses {
  readonly #users = new Map<number, Node[]>();
  readonly #producers = new Map<number, Node>();
  readonly #kept = new Set<number>();
  readonly #taken = new Set<Node>();

  constructor(graph: Graph) {
    for (const node of graph.nodes) {
      for (const { id } of node.results) this.#producers.set(id, node);
      for (const id of new Set(node.operands.map((operand) => operand.id))) {
        const users = this.#users.get(id);
        if (users) users.push(node);
        else this.#users.set(id, [node]);
      }
    }
    for (const { value } of [...graph.outputs, ...graph.updates]) this.#kept.add(value.id);
  }

  producer(value: Value): Node | undefined {
    return this.#producers.get(value.id);
  }

  /** The value that one stands for which only waits for something else. */
  itself(value: Value): Value {
    const node = this.producer(value);
    return node?.op.name === 'after' ? this.itself(node.operands[0]!) : value;
  }

  /** The nodes that use a value, or undefined where the caller of the function sees it too. */
  of({ id }: Value): readonly Node[] | undefined {
    return this.#kept.has(id) ? undefined : (this.#users.get(id) ?? []);
  }

  /** The only node that uses a value, if that is `op` and free. */
  only(value: Value, op: string): Node | undefined {
    const users = this.of(value);
    return users?.length === 1 ? this.#free(users[0]!, op) : undefined;
  }

  /** The sum of a value with another of its shape, if nothing else uses the value; and that other. */
  sum(value: Value, users = this.of(value)): readonly [NodeOf<2, 1>, Value] | undefined {
    const node = users?.length === 1 ? (this.#free(users[0]!, 'add') as NodeOf<2, 1>) : undefined;
    if (!node) return undefined;
    const other = node.operands[0] === value ? node.operands[1] : node.operands[0];
    const fits = other !== value && sameShape(other.type.shape, value.type.shape);
    return fits ? [node, other] : undefined;
  }

  take(nodes: readonly Node[]): void {
    for (const node of nodes) this.#taken.add(node);
  }

  isFree(node: Node): boolean {
    return !this.#taken.has(node);
  }

  #free(node: Node, op: string): Node | undefined {
    return node.op.name === op && this.isFree(node) ? node : undefined;
  }
}
