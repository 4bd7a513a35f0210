import { differentiate } from '../../../src/compiler/gradient/differentiate.js';
import { interpret, type Tensors } from '../../../src/compiler/interpret/interpret.js';
import { GraphBuilder } from '../../../src/compiler/ir/builder.js';
import type { Graph, Value } from '../../../src/compiler/ir/graph.js';
import { renumbered } from '../../../src/compiler/ir/reach.js';
import { arithmetic } from '../../../src/compiler/ops/elementwise/arithmetic.js';
import { reduceSum } from '../../../src/compiler/ops/reduction/reduce-sum.js';
import type { Tensor } from '../../../src/compiler/ops/values.js';
import { evaluateShape } from '../../../src/compiler/sizes/size.js';
import { around, definitionOf, graphOf, inputsOf, type OpCase } from './cases/case.js';

/**
 * How far the gradient of a random linear functional of the case's results is from central differences of the
 * float64 reference: the greatest difference over the greatest derivative, and that derivative.
 */
export function checkGradient(opCase: OpCase): { error: number; greatest: number } {
  const { graph, inputs, wanted } = functionalOf(opCase);
  const exact = interpret(graph, { inputs, variables: {} }).outputs;
  const pairs = wanted.flatMap((name) => {
    const numeric = centralDifferences(graph, inputs, name);
    const given = exact[`grad/${name}`]?.data ?? new Float64Array(numeric.length);
    return [...numeric].map((derivative, i) => [derivative, given[i]]);
  });
  const greatest = Math.max(0, ...pairs.map(([derivative]) => Math.abs(derivative!)));
  const difference = Math.max(0, ...pairs.map(([a, b]) => Math.abs(a! - b!)));
  return { error: difference / Math.max(greatest, 1e-3), greatest };
}

/** The graph of the functional `loss` and `grad/x0`, ...; the results' weights are inputs `w0`, .... */
function functionalOf(opCase: OpCase): { graph: Graph; inputs: Tensors; wanted: string[] } {
  const single = graphOf(opCase);
  const b = new GraphBuilder(opCase.op);
  const operands = single.inputs.map(({ name, value }) => b.input(name, value.type));
  const results = b.apply(definitionOf(opCase), operands, opCase.attributes);
  const inputs: Record<string, Tensor> = inputsOf(opCase);
  const { add, mul } = arithmetic(b);
  const chosen = opCase.differentiable ?? [...results.keys()];
  const terms = chosen.map((i): Value => {
    const { type } = results[i]!;
    const weights = b.input(`w${i}`, type);
    inputs[`w${i}`] = around(evaluateShape(type.shape, {}), 100 + i);
    const axes = [...type.shape.keys()];
    return b.apply(reduceSum, [mul(results[i]!, weights)], { axes, keepDims: false })[0];
  });
  const loss = terms.reduce(add);
  b.output('loss', loss);
  const wanted = single.inputs.filter(
    ({ value }, i) => value.type.dtype === 'float' && !opCase.heldFixed?.includes(i),
  );
  const values = wanted.map(
    ({ name }) => operands[single.inputs.findIndex((x) => x.name === name)]!,
  );
  const gradients = differentiate(b, loss, values);
  wanted.forEach(({ name }, i) => {
    const gradient = gradients.get(values[i]!);
    if (gradient) b.output(`grad/${name}`, gradient);
  });
  return { graph: b.finish([]), inputs, wanted: wanted.map(({ name }) => name) };
}

/** The derivatives of the output `loss` by each element of the input `name`. */
export function centralDifferences(
  graph: Graph,
  inputs: Tensors,
  name: string,
  variables: Tensors = {},
  step = 1e-5,
): Float64Array {
  const outputs = graph.outputs.filter((output) => output.name === 'loss');
  const forward = renumbered({ ...graph, outputs, updates: [] });
  const isInput = name in inputs;
  const { shape, data } = isInput ? inputs[name]! : variables[name]!;
  const lossAt = (i: number, moved: number): number => {
    const tensor = { shape, data: data.with(i, data[i]! + moved) };
    const feeds = isInput
      ? { inputs: { ...inputs, [name]: tensor }, variables }
      : { inputs, variables: { ...variables, [name]: tensor } };
    return interpret(forward, feeds).outputs.loss!.data[0]!;
  };
  return data.map((_, i) => (lossAt(i, step) - lossAt(i, -step)) / (2 * step));
}
