import type { Graph, Value } from '../../ir/graph.js';
import type { Shape } from '../../sizes/size.js';
import { axesOf, type Layout, permutation } from '../layout.js';
import { permuted, type Weights, weightAt } from '../weights.js';
import type { Attributes, OnnxGraph, Tensor } from './graph.js';
import { ints } from './proto.js';

type Layouts = Map<Layout, Tensor>;

/** What a lowering builds with. Tensors of rank 4 are NCHW unless another layout is asked for. */
export class Emitter {
  /** The name of the nodes being added: the path of the instance and the operation. */
  scope = '';
  readonly #tensors = new Map<number, Layouts>();
  readonly #variables: ReadonlyMap<number, string>;

  constructor(
    readonly graph: OnnxGraph,
    { variables }: Graph,
    readonly weights: Weights,
    /** A shape in the order it is given, as integers. */
    readonly shape: (shape: Shape) => Tensor,
    /** The bias that the convolution with this result takes in itself. */
    readonly biases: ReadonlyMap<number, Value>,
  ) {
    this.#variables = new Map(variables.map(({ path, value }) => [value.id, path]));
  }

  /** Says which tensor a value is. */
  set({ id }: Value, tensor: Tensor, layout: Layout): void {
    this.#tensors.set(id, new Map([[layout, tensor]]));
  }

  /** The tensor of a value. One of rank 4 is transposed where it is not there in the layout, once. */
  readonly get = (value: Value, layout: Layout = 'nchw'): Tensor => {
    const wanted = value.type.shape.length === 4 ? layout : 'nhwc';
    const known = this.#tensors.get(value.id) ?? new Map<Layout, Tensor>();
    this.#tensors.set(value.id, known);
    const tensor = known.get(wanted) ?? this.#make(value, known, wanted);
    known.set(wanted, tensor);
    return tensor;
  };

  #make({ id }: Value, known: Layouts, wanted: Layout): Tensor {
    const path = this.#variables.get(id);
    if (path !== undefined) {
      const weight = weightAt(this.weights, path);
      const stored = wanted === 'nhwc' ? weight : permuted(weight, axesOf[wanted]);
      return this.graph.initialiser(path, stored);
    }
    const [layout, tensor] = [...known][0]!;
    return this.transpose(tensor, layout, wanted);
  }

  transpose(tensor: Tensor, from: Layout, to: Layout): Tensor {
    return this.named(`${tensor}/${to}`, 'Transpose', [tensor], {
      perm: ints(permutation(from, to)),
    });
  }

  /** Adds a node under the name of the one that is lowered. */
  add(op: string, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
    return this.named(this.scope, op, inputs, attributes);
  }

  named(name: string, op: string, inputs: readonly Tensor[], attributes: Attributes): Tensor {
    const output = this.graph.unique(name);
    this.graph.node(op, inputs, attributes, [output]);
    return output;
  }

  /** As `add`, for a node of several results. */
  several(
    op: string,
    inputs: readonly Tensor[],
    attributes: Attributes,
    count: number,
  ): readonly Tensor[] {
    const outputs = Array.from({ length: count }, () => this.graph.unique(this.scope));
    this.graph.node(op, inputs, attributes, outputs);
    return outputs;
  }

  scalar(value: number): Tensor {
    return this.graph.scalar(value);
  }

  integers(values: readonly number[]): Tensor {
    return this.graph.integers(values);
  }
}
