import type { GraphBuilder } from '../ir/builder.js';
import type { Graph, Node, TensorType, Value } from '../ir/graph.js';
import type { OpDefinition } from '../ops/definition.js';
import { type OpName, ops } from '../ops/registry.js';
import { sameShape } from '../sizes/size.js';
import { rebuild } from './rebuild.js';

/**
 * What a value may be made of: a letter stands for any value (the same one each time), a number for that constant,
 * and a list for an operation on exactly these operands.
 */
export type Pattern = string | number | readonly [OpName, ...Pattern[]];

/**
 * A value of the form of one of `from` may be computed as `to`. An operation in `to` has the attributes of the
 * matched node. A rule holds only where the type stays the same, which is all that some rules ask.
 */
export interface Rule {
  readonly name: string;
  readonly from: readonly Pattern[];
  readonly to: Pattern;
}

/** Applies `rules` from the first node to the last, each node until none fits. */
export function rewrite(graph: Graph, rules: readonly Rule[]): Graph {
  const byOp = new Map<string, readonly Rule[]>();
  for (const rule of rules) {
    for (const op of new Set(rule.from.map(rootOf))) byOp.set(op, [...(byOp.get(op) ?? []), rule]);
  }
  return rebuild(graph, (b, node) => {
    const result = simplified(b, node, byOp);
    return result && [result];
  }).finish(graph.symbols);
}

function rootOf(pattern: Pattern): OpName {
  if (Array.isArray(pattern)) return pattern[0];
  throw new Error('a rule begins with an operation');
}

/** The value that `node` comes to, or undefined where no rule fits. */
function simplified(
  b: GraphBuilder,
  node: Node,
  rules: ReadonlyMap<string, readonly Rule[]>,
): Value | undefined {
  for (const { from, to } of rules.get(node.op.name) ?? []) {
    for (const pattern of from) {
      const found = new Map<string, Value>();
      if (!matchesNode(b, pattern, node, found)) continue;
      const value = build(b, to, node, found);
      if (!sameType(value.type, node.results[0]!.type)) continue;
      const producer = b.producer(value);
      return (producer && simplified(b, producer, rules)) ?? value;
    }
  }
  return undefined;
}

const sameType = (a: TensorType, b: TensorType): boolean =>
  a.dtype === b.dtype && sameShape(a.shape, b.shape);

function matchesNode(
  b: GraphBuilder,
  pattern: Pattern,
  node: Node,
  found: Map<string, Value>,
): boolean {
  if (typeof pattern === 'string' || typeof pattern === 'number') return false;
  const [op, ...operands] = pattern;
  return (
    node.op.name === op &&
    node.operands.length === operands.length &&
    operands.every((operand, i) => matches(b, operand, node.operands[i]!, found))
  );
}

function matches(
  b: GraphBuilder,
  pattern: Pattern,
  value: Value,
  found: Map<string, Value>,
): boolean {
  if (typeof pattern === 'string') {
    const bound = found.get(pattern) ?? value;
    found.set(pattern, bound);
    return bound === value;
  }
  const producer = b.producer(value);
  if (!producer) return false;
  if (typeof pattern === 'number') {
    return producer.op === ops.constant && producer.attributes.value === pattern;
  }
  return matchesNode(b, pattern, producer, found);
}

function build(
  b: GraphBuilder,
  pattern: Pattern,
  node: Node,
  found: ReadonlyMap<string, Value>,
): Value {
  if (typeof pattern === 'string') return found.get(pattern)!;
  if (typeof pattern === 'number') return b.constant(pattern);
  const [op, ...operands] = pattern;
  const values = operands.map((operand) => build(b, operand, node, found));
  return b.apply(ops[op] as OpDefinition, values, node.attributes)[0]!;
}
