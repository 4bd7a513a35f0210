import { type ShapeFacts, shapeRefusal } from '../diagnostics/messages/shape-rules.js';
import type { Extents, Shape, Size } from '../sizes/size.js';
import type { OpName, Ops } from './registry.js';
import type { Attributes, Tensor, TensorType, Value } from './values.js';

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

/** Notes that `size` has to be whole; the solver collects these (sizes-2). */
export type Demand = (size: Size) => void;

interface Tuples<T> {
  any: readonly T[];
  several: readonly [T, ...T[]];
  0: readonly [];
  1: readonly [T];
  2: readonly [T, T];
  3: readonly [T, T, T];
  4: readonly [T, T, T, T];
  5: readonly [T, T, T, T, T];
  6: readonly [T, T, T, T, T, T];
}

/** How many operands or results: a number, one or more, or, of operations at large, any. */
export type Arity = keyof Tuples<unknown>;
export type Tuple<T, N extends Arity> = Tuples<T>[N];

/** `items` as the operands of an operation that takes one or more. Throws where there is none. */
export function several<T>([first, ...others]: readonly T[]): Tuple<T, 'several'> {
  if (first === undefined) throw new Error('one or more are wanted');
  return [first, ...others];
}

/** What a gradient rule builds with. */
export interface GradientBuilder {
  /** All operations: a gradient takes from here what it needs, so that no operation imports another. */
  readonly ops: Ops;
  apply<N extends Arity, A extends Attributes, R extends Arity>(
    op: OpDefinition<N, A, R>,
    operands: Tuple<Value, N>,
    attributes: A,
  ): Tuple<Value, R>;
  /** A scalar constant. */
  constant(value: number): Value;
}

/** By result, null for one that nothing differentiable uses; one at least is not null. */
type Cotangents<R extends Arity> = R extends 1 ? readonly [Value] : Tuple<Value | null, R>;

/**
 * One operation of `N` operands and `R` results: schema, shape rule, meaning, gradient and cost stand together. Without
 * arguments the type is that of any operation.
 * Attributes are plain data; tensors are `[batch, height, width, channels]` unless the operation says otherwise.
 */
export interface OpDefinition<
  N extends Arity = 'any',
  A extends Attributes = N extends 'any' ? Attributes : Record<never, never>,
  R extends Arity = N extends 'any' ? 'any' : 1,
> {
  readonly name: OpName;
  /** One line for the reference: what it computes, with its source where there is one. */
  readonly summary: string;
  /** What passes, warnings and emitters ask of more than one operation; absent where it is neither. */
  readonly kind?: 'convolution' | 'reduction';
  /** Its operands may change places. */
  readonly commutative?: true;
  /** Names of the operands, in order; `...name` takes one or more. */
  readonly operands: Tuple<string, N>;
  readonly attributes: { readonly [K in keyof A]: AttributeKind };
  /** Result types. Throws `ShapeError` on operands that do not fit. */
  infer(operands: Tuple<TensorType, N>, attributes: A, demand: Demand): Tuple<TensorType, R>;
  /** The meaning, in float64. `shapes` are the results' extents. */
  evaluate(operands: Tuple<Tensor, N>, attributes: A, shapes: Tuple<Extents, R>): Tuple<Tensor, R>;
  /**
   * Cotangents of the operands from those of the results. Null for an operand that has none. Absent: not differentiable,
   * and differentiating through it is an error.
   */
  gradient?(
    b: GradientBuilder,
    node: { readonly operands: Tuple<Value, N>; readonly results: Tuple<Value, R> },
    cotangents: Cotangents<R>,
    attributes: A,
  ): N extends 'several' ? readonly (Value | null)[] : Tuple<Value | null, N>;
  /**
   * Of a dropout, which is x itself as written: the shape of what training draws for an x of a shape and multiplies it by,
   * sizes of 1 spread over x.
   */
  readonly mask?: (x: Shape) => Shape;
  /** It costs little more than reading its operands, so that a training step may compute it again instead of keeping its result. */
  readonly cheap?: true;
  /** The first result once more, where that is as cheap by the help of the other results, which are kept. */
  again?(
    b: GradientBuilder,
    node: { readonly operands: Tuple<Value, N>; readonly results: Tuple<Value, R> },
    attributes: A,
  ): Value;
  /** Multiply-adds of one evaluation; convolutions only. */
  multiplyAdds?(operands: Tuple<Extents, N>, attributes: A, results: Tuple<Extents, R>): number;
}

export type AttributesOf<Op> = Op extends OpDefinition<infer _N, infer A, infer _R> ? A : never;
