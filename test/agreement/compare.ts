import { evaluateNode } from '../../src/compiler/interpret/interpret.js';
import type { Graph, Node, Program, Value } from '../../src/compiler/ir/graph.js';
import { printNode } from '../../src/compiler/ir/print.js';
import type { Tensor } from '../../src/compiler/ops/values.js';
import { optimise } from '../../src/compiler/passes/passes.js';
import { type Bindings, evaluateShape } from '../../src/compiler/sizes/size.js';
import type { HostTensor } from '../../src/runtime/engines/engine.js';
import { initialState } from '../../src/runtime/engines/initial-state.js';
import { around, uniforms } from '../compiler/ops/cases/case.js';
import { fed, referenceOf } from '../runtime/engines/tensors.js';
import type { OpenSession } from './engines.js';
import type { RandomNetwork } from './random-network.js';

type Tensors = Readonly<Record<string, Tensor>>;

/** Of one operation on the operands that the engine had itself, and of all in a row. */
const relativeToLargest = 1e-5;
/**
 * A sum that cancels keeps few digits in any float32 program. So a result may also be off by as much as the reference
 * moves when its operands (of a node) or all intermediate values (of a network) move by this much of themselves.
 */
const movedOperands = 1e-5;
const movedValues = 1e-6;
/** Within an operation, numbers as large as its operands are rounded, also where the result is 0. */
const ofOperands = 1e-6;
/** One move at random may be without effect by chance; three are not. */
const moves = [1, 2, 3];

const moved = ({ shape, data }: Tensor, relative: number, seed: number): Tensor => {
  const directions = uniforms(seed, data.length);
  const move = (value: number, i: number) => value * (1 + relative * (2 * directions[i]! - 1));
  return { shape, data: data.map(move) };
};

/** The values of inputs and variables by id. */
const leavesOf = ({ inputs, variables }: Graph, feeds: Tensors): Map<number, Tensor> =>
  new Map([
    ...inputs.map(({ name, value }): [number, Tensor] => [value.id, feeds[name]!]),
    ...variables.map(({ path, value }): [number, Tensor] => [value.id, feeds[path]!]),
  ]);

/** The reference's outputs where `round` takes the results of each node. */
function outputsOf(
  graph: Graph,
  feeds: Tensors,
  bindings: Bindings,
  round: (tensor: Tensor, value: Value) => Tensor,
): Tensors {
  const values = leavesOf(graph, feeds);
  for (const node of graph.nodes) {
    const operands = node.operands.map(({ id }) => values.get(id)!);
    evaluateNode(node, operands, bindings).forEach((result, i) => {
      values.set(node.results[i]!.id, round(result, node.results[i]!));
    });
  }
  return Object.fromEntries(graph.outputs.map(({ name, value }) => [name, values.get(value.id)!]));
}

/** The largest difference of two tensors; NaN where one has a NaN that the other has not. */
const between = (a: HostTensor | Tensor, b: Tensor): number =>
  b.data.reduce((largest, value, i) => {
    const same = Object.is(value, a.data[i]);
    return same ? largest : Math.max(largest, Math.abs(value - a.data[i]!));
  }, 0);

const largestOf = (tensors: readonly Tensor[]): number =>
  Math.max(
    0,
    ...tensors.map(({ data }) => data.reduce((a, value) => Math.max(a, Math.abs(value)), 0)),
  );

/** Throws unless `found` is `expected` but for `allowed` and for rounding, of which `others` show how far it reaches. */
function requireClose(
  what: string,
  found: HostTensor | Tensor,
  expected: Tensor,
  others: readonly Tensor[],
  allowed: number,
): void {
  const reach = Math.max(0, ...others.map((other) => between(other, expected)));
  const difference = between(found, expected);
  if (`${found.shape}` === `${expected.shape}` && difference <= allowed + reach) return;
  throw new Error(
    `${what}: [${found.shape}] for [${expected.shape}], off by ${difference}, ` +
      `where ${allowed} is allowed and rounding reaches ${reach}`,
  );
}

/** Throws unless each result in `found` is what the reference makes of the operands that the engine had. */
function requireNodes(graph: Graph, feeds: Tensors, bindings: Bindings, found: Tensors): void {
  const values = leavesOf(graph, feeds);
  for (const { results } of graph.nodes) {
    for (const { id } of results) values.set(id, found[nameOf(id)]!);
  }
  const results = (node: Node, shaken: (operand: Tensor, i: number) => Tensor) => {
    const operands = node.operands.map(({ id, type: { dtype } }, i) => {
      const operand = values.get(id)!;
      return dtype === 'int' ? operand : shaken(operand, i);
    });
    return evaluateNode(node, operands, bindings);
  };
  for (const node of graph.nodes) {
    const others = moves.map((seed) =>
      results(node, (operand, i) => moved(operand, movedOperands, 100 * seed + i)),
    );
    results(node, (operand) => operand).forEach((expected, i) => {
      const operands = node.operands.map(({ id }) => values.get(id)!);
      const allowed = relativeToLargest * largestOf([expected]) + ofOperands * largestOf(operands);
      const result = values.get(node.results[i]!.id)!;
      requireClose(
        printNode(node),
        result,
        expected,
        others.map((other) => other[i]!),
        allowed,
      );
    });
  }
}

const nameOf = (id: number): string => `v${id}`;

/** Every value of the graph as an output. */
const exposed = (graph: Graph): Graph => ({
  ...graph,
  outputs: graph.nodes.flatMap(({ results }) =>
    results.map((value) => ({ name: nameOf(value.id), value })),
  ),
});

/**
 * Throws where the optimised network differs from the one as written in the reference, where an operation on the
 * engine differs from the reference's on the same operands, or where the whole of a smooth network does.
 */
export async function requireAgreement(open: OpenSession, network: RandomNetwork): Promise<void> {
  const { graph, bindings, smooth } = network;
  const whole = optimise(graph);
  const nodes = exposed(graph);
  const functions = { nodes, ...(smooth ? { whole } : {}) };
  const program: Program = { name: graph.name, variables: graph.variables, functions };
  const state = initialState(program, 7);
  const inputs = Object.fromEntries(
    graph.inputs.map(({ name, value }, i) => [
      name,
      around(evaluateShape(value.type.shape, bindings), i),
    ]),
  );
  const feeds = { ...inputs, ...referenceOf(state) };
  const expected = outputsOf(graph, feeds, bindings, (tensor) => tensor);
  /** Gradients are measured by the largest in the network: that of a bias before a batch norm is 0. */
  const scale = (name: string): number =>
    largestOf(name === 'y' ? [expected.y!] : Object.values(gradients));
  const { y: _, ...gradients } = expected;
  const optimised = outputsOf(whole, feeds, bindings, (tensor) => tensor);
  for (const [name, tensor] of Object.entries(expected)) {
    requireClose(`optimised, ${name}`, optimised[name]!, tensor, [], 1e-12 * scale(name));
  }
  const session = await open(program);
  try {
    session.write(state);
    requireNodes(graph, feeds, bindings, referenceOf(session.run('nodes', fed(inputs))));
    if (!smooth) return;
    const found = session.run('whole', fed(inputs));
    const others = moves.map((seed) =>
      outputsOf(graph, feeds, bindings, (result, { id }) =>
        moved(result, movedValues, 1000 * seed + id),
      ),
    );
    for (const [name, tensor] of Object.entries(expected)) {
      requireClose(
        `whole, ${name}`,
        found[name]!,
        tensor,
        others.map((other) => other[name]!),
        relativeToLargest * scale(name),
      );
    }
  } finally {
    session.close();
  }
}
