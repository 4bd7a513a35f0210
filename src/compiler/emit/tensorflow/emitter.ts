import type { Shape, Size } from '../../sizes/size.js';
import { type Attrs, type GraphDefBuilder, type Tensor, type } from './graphdef.js';
import { DataType } from './proto.js';
import type { Sizes } from './sizes.js';

/** What a lowering builds with: the nodes it adds are named after the node that is lowered. */
export class Emitter {
  /** The name of the nodes being added, such as `train/UShape/R2CL/project/conv`. */
  scope = '';
  /** The control inputs of the nodes being added. */
  waits: readonly string[] = [];
  /** Where they are computed; undefined where TensorFlow chooses. Constants and sizes, which towers share, are left to it. */
  device: string | undefined;
  /**
   * What a fused forward operation keeps for its gradient, by the id of the value that both share. The graph does not
   * know of these tensors: they exist in TensorFlow only.
   */
  readonly reserves = new Map<number, readonly Tensor[]>();

  /** What `float` computes in: within `inHalf` bfloat16. */
  #real: DataType = DataType.float;
  readonly #made = new Map<string, unknown>();

  constructor(
    readonly builder: GraphDefBuilder,
    readonly sizes: Sizes,
  ) {}

  /** What `make` adds, the first time; the same again for the same key. */
  once<T>(key: string, make: () => T): T {
    if (!this.#made.has(key)) this.#made.set(key, make());
    return this.#made.get(key) as T;
  }

  /** A node as it is written. */
  add(op: string, inputs: readonly Tensor[], attrs: Attrs): Tensor {
    return this.builder.node(op, this.scope, [...inputs, ...this.waits], attrs, this.device);
  }

  /** A node over floats: one whose type attribute is called `T`, as that of most is. */
  float(op: string, inputs: readonly Tensor[], attrs: Attrs = {}): Tensor {
    return this.add(op, inputs, { T: type(this.#real), ...attrs });
  }

  /** What `compute` makes of float tensors, computed in bfloat16: the operands are rounded to it, the results are floats again. */
  inHalf(
    operands: readonly Tensor[],
    compute: (halves: readonly Tensor[]) => readonly Tensor[],
  ): readonly Tensor[] {
    const { float, bfloat16 } = DataType;
    // Several operations read one tensor: a kernel with its gradient, and both gradients of a convolution.
    const halves = operands.map((tensor) =>
      this.once(`half ${tensor}`, () => this.cast(tensor, float, bfloat16)),
    );
    this.#real = bfloat16;
    try {
      return compute(halves).map((result) => this.cast(result, bfloat16, float));
    } finally {
      this.#real = float;
    }
  }

  int(op: string, inputs: readonly Tensor[], attrs: Attrs = {}): Tensor {
    return this.add(op, inputs, { T: type(DataType.int32), ...attrs });
  }

  cast(tensor: Tensor, from: DataType, to: DataType): Tensor {
    return this.add('Cast', [tensor], { SrcT: type(from), DstT: type(to) });
  }

  scalar(value: number): Tensor {
    return this.builder.floats([value], []);
  }

  integer(value: number): Tensor {
    return this.builder.ints([value], []);
  }

  integers(values: readonly number[]): Tensor {
    return this.builder.ints(values, [values.length]);
  }

  size(size: Size): Tensor {
    return this.sizes.size(size);
  }

  shape(shape: Shape): Tensor {
    return this.sizes.shape(shape);
  }
}
