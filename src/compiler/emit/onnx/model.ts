import type { Graph, Node, Value } from '../../ir/graph.js';
import { biasAdd } from '../../ops/elementwise/bias-add.js';
import { printResidue } from '../../sizes/residue.js';
import { fixedValue, printSize } from '../../sizes/size.js';
import { inOrder, permutation } from '../layout.js';
import type { Weights } from '../weights.js';
import { Emitter } from './emitter.js';
import { OnnxGraph } from './graph.js';
import { lower } from './lowering/index.js';
import { DataType, encodeModel, ints, type ModelProto, type ValueInfo } from './proto.js';
import { shapesOf } from './sizes.js';

/** The operator set, and the version of the file format that came with it. */
export const opset = 26;
const irVersion = 13;

/** What an `.onnx` file may have otherwise. */
export interface OnnxOptions {
  /** That of inputs and outputs of rank 4. */
  readonly layout?: 'nhwc' | 'nchw';
  /** What else the file says of itself. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** netc's. */
  readonly version?: string;
}

/**
 * A prediction graph with its weights as one `.onnx` file. Inputs and outputs have netc's names and layout (NHWC) unless
 * another is asked for, with the sizes' symbols as dimension parameters; inside, images are NCHW, so that only an input and
 * an output is transposed. Nodes are named by the path of the instance and the operation, initialisers by the path of the
 * weight. Throws on an operation that only training has.
 */
export const emitOnnx = (graph: Graph, weights: Weights, options: OnnxOptions = {}): Uint8Array =>
  encodeModel(onnxModel(graph, weights, options));

/** What `emitOnnx` encodes. */
export function onnxModel(graph: Graph, weights: Weights, options: OnnxOptions = {}): ModelProto {
  const { layout = 'nhwc', metadata = {}, version = '' } = options;
  const g = new OnnxGraph();
  for (const { name } of [...graph.inputs, ...graph.outputs]) g.unique(name);
  const biases = fusedBiases(graph);
  const e = new Emitter(g, graph, weights, shapesOf(g, graph.inputs, layout), biases);
  for (const { name, value } of graph.inputs)
    e.set(value, name, value.type.shape.length === 4 ? layout : 'nhwc');
  for (const node of graph.nodes) {
    e.scope = scopeOf(node);
    const results = lower(e, node);
    node.results.forEach((value, i) => {
      e.set(value, results[i]!, value.type.shape.length === 4 ? 'nchw' : 'nhwc');
    });
  }
  for (const { name, value } of graph.outputs) {
    const image = value.type.shape.length === 4 && layout === 'nhwc';
    const perm = ints(permutation('nchw', 'nhwc'));
    g.node(image ? 'Transpose' : 'Identity', [e.get(value)], image ? { perm } : {}, [name]);
  }
  return {
    irVersion,
    producerName: 'netc',
    producerVersion: version,
    docString: `Defined for ${graph.symbols.map(printResidue).join(', ')}.`,
    opsetImport: [{ domain: '', version: opset }],
    graph: {
      name: graph.name,
      node: g.nodes,
      initializer: g.initialisers,
      input: graph.inputs.map((input) => infoOf(input, layout)),
      output: graph.outputs.map((output) => infoOf(output, layout)),
    },
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  };
}

const scopeOf = ({ op, origin }: Node): string =>
  origin?.path ? `${origin.path}/${op.name}` : op.name;

function infoOf(
  { name, value: { type } }: Graph['inputs'][number],
  layout: 'nhwc' | 'nchw',
): ValueInfo {
  const shape = layout === 'nchw' ? inOrder(type.shape) : type.shape;
  const dim = shape.map((size) => {
    const dimValue = fixedValue(size);
    return dimValue === undefined ? { dimParam: printSize(size) } : { dimValue };
  });
  const elemType = type.dtype === 'float' ? DataType.float : DataType.int32;
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

/** By the id of a convolution's result the bias added to it: a variable, where nothing else uses the result. */
function fusedBiases({ nodes, outputs, variables }: Graph): ReadonlyMap<number, Value> {
  const uses = new Map<number, number>();
  const use = ({ id }: Value): void => {
    uses.set(id, (uses.get(id) ?? 0) + 1);
  };
  for (const { operands } of nodes) operands.forEach(use);
  for (const { value } of outputs) use(value);
  const stored = new Set(variables.map(({ value: { id } }) => id));
  const convolved = new Set<number>();
  const biases = new Map<number, Value>();
  for (const { op, operands, results } of nodes) {
    if (op.kind === 'convolution') convolved.add(results[0]!.id);
    if (op !== biasAdd) continue;
    const [x, bias] = operands;
    const alone = convolved.has(x!.id) && uses.get(x!.id) === 1;
    if (alone && stored.has(bias!.id)) biases.set(x!.id, bias!);
  }
  return biases;
}
