import { type ShapeFacts, shapeRefusal } from '../diagnostics/messages/shape-rules.js';
import type { Attribute, DType, Node, TensorType, Value } from '../ir/graph.js';
import type { Extents, Shape, Size } from '../sizes/size.js';

/** A tensor of the reference: row-major float64, whatever the type in the graph. */
export interface Tensor {
  readonly shape: Extents;
  readonly data: Float64Array;
}

/** What an attribute may hold, so that the text form reads back and `verify` can judge a node. */
export type AttributeKind = 'number' | 'string' | 'boolean' | 'numbers' | 'sizes';

/** A shape rule's refusal. `operands` are the indices of the values that disagree. */
export class ShapeError extends Error {
  constructor(
    readonly facts: ShapeFacts,
    readonly operands: readonly number[] = [],
  ) {
    super(shapeRefusal(facts).message);
  }

  /** The axis along which two images, the `operands`, have sizes that must agree. */
  get disagreement(): number | undefined {
    const { facts, operands } = this;
    const isPair = facts.kind === 'disagree' && facts.rank === 4 && operands.length === 2;
    return isPair ? facts.axis : undefined;
  }
}

/** Notes that `size` has to be whole; the solver collects these (language, sentence 19). */
export type Demand = (size: Size) => void;

/** What a gradient rule builds with. */
export interface GradientBuilder {
  apply<A extends OpAttributes>(
    op: OpDefinition<A>,
    operands: readonly Value[],
    attributes: A,
  ): readonly Value[];
  /** A scalar constant. */
  constant(value: number): Value;
}

export type OpAttributes = { readonly [name: string]: Attribute };

/**
 * One operation: schema, shape rule, meaning, gradient and cost stand together.
 * Attributes are plain data; tensors are `[batch, height, width, channels]` unless the operation says otherwise.
 */
export interface OpDefinition<A extends OpAttributes = OpAttributes> {
  readonly name: string;
  /** One line for the reference: what it computes, with its source where there is one. */
  readonly summary: string;
  /** Names of the operands, in order; `...name` takes one or more. */
  readonly operands: readonly string[];
  readonly attributes: { readonly [K in keyof A]: AttributeKind };
  /** Result types. Throws `ShapeError` on operands that do not fit. */
  infer(operands: readonly TensorType[], attributes: A, demand: Demand): readonly TensorType[];
  /** The meaning, in float64. `shapes` are the results' extents. */
  evaluate(
    operands: readonly Tensor[],
    attributes: A,
    shapes: readonly Extents[],
  ): readonly Tensor[];
  /**
   * Cotangents of the operands from those of the results (null: a result that nothing differentiable uses;
   * one at least is not null). Null for an operand that has none. Absent: not differentiable, and differentiating
   * through it is an error.
   */
  gradient?(
    b: GradientBuilder,
    node: Node,
    cotangents: readonly (Value | null)[],
    attributes: A,
  ): readonly (Value | null)[];
  /** Multiply-adds of one evaluation; convolutions only (design: `netc count`). */
  multiplyAdds?(operands: readonly Extents[], attributes: A, results: readonly Extents[]): number;
}

export const floatOf = (shape: Shape): TensorType => ({ dtype: 'float', shape });
export const typeOf = (dtype: DType, shape: Shape): TensorType => ({ dtype, shape });
export const sizeOf = (extents: Extents): number => extents.reduce((a, b) => a * b, 1);
export const emptyTensor = (shape: Extents): Tensor => ({
  shape,
  data: new Float64Array(sizeOf(shape)),
});
