import { GraphBuilder } from '../../../../src/compiler/ir/builder.js';
import type { Attributes, DType, Graph } from '../../../../src/compiler/ir/graph.js';
import type { OpDefinition } from '../../../../src/compiler/ops/definition.js';
import { type OpName, ops } from '../../../../src/compiler/ops/registry.js';
import { sizeOf, type Tensor, typeOf } from '../../../../src/compiler/ops/values.js';
import { type Extents, fixed } from '../../../../src/compiler/sizes/size.js';

/** Values are float32 numbers, so that an engine and the reference can be fed the same. */
export interface CaseOperand extends Tensor {
  readonly dtype: DType;
}

/** One application of an operation, by which its gradient and its lowerings are held to its reference. */
export interface OpCase {
  readonly op: OpName;
  /** What is special about it. */
  readonly name: string;
  readonly operands: readonly CaseOperand[];
  readonly attributes: Attributes;
  /** Operands that the gradient leaves out by definition: a target, an index. */
  readonly heldFixed?: readonly number[];
  /** Results that may be differentiated, where these are not all; none at a kink. */
  readonly differentiable?: readonly number[];
}

/** Draws numbers in [0, 1) from a seed: mulberry32. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const uniforms = (seed: number, count: number): number[] =>
  Array.from({ length: count }, uniform(seed));

export const listed = (shape: Extents, values: readonly number[]): CaseOperand => ({
  dtype: 'float',
  shape,
  data: Float64Array.from(values, Math.fround),
});

export const int = (value: number): CaseOperand => ({
  dtype: 'int',
  shape: [],
  data: Float64Array.of(value),
});

/** Uniform numbers between two bounds. */
export const between = (shape: Extents, low: number, high: number, seed: number): CaseOperand =>
  listed(
    shape,
    uniforms(seed, sizeOf(shape)).map((u) => low + (high - low) * u),
  );

export const around = (shape: Extents, seed: number): CaseOperand => between(shape, -1, 1, seed);

/**
 * Numbers about 0 of which any two, and any and 0, are well apart: finite differences cross no kink of a maximum or a
 * ReLU.
 */
export function apart(shape: Extents, seed: number): CaseOperand {
  const count = sizeOf(shape);
  const order = uniforms(seed, count)
    .map((key, i) => ({ key, i }))
    .sort((a, b) => a.key - b.key);
  const values = new Array<number>(count);
  order.forEach(({ i }, rank) => {
    values[i] = (rank - Math.floor(count / 2) + 0.5) * 0.0625;
  });
  return listed(shape, values);
}

/** One 1 along the last axis, at random, else 0. */
export function oneHot(shape: Extents, seed: number): CaseOperand {
  const classes = shape[shape.length - 1]!;
  const chosen = uniforms(seed, sizeOf(shape) / classes).map((u) => Math.floor(u * classes));
  return listed(
    shape,
    chosen.flatMap((one) => Array.from({ length: classes }, (_, c) => (c === one ? 1 : 0))),
  );
}

/** 0 or 1 at random. */
export const bits = (shape: Extents, seed: number): CaseOperand =>
  listed(
    shape,
    uniforms(seed, sizeOf(shape)).map((u) => (u < 0.5 ? 0 : 1)),
  );

export const definitionOf = ({ op }: OpCase): OpDefinition => ops[op] as OpDefinition;

/** The application alone: inputs `x0`, `x1`, ..., outputs `y0`, `y1`, .... */
export function graphOf(opCase: OpCase): Graph {
  const b = new GraphBuilder(opCase.op);
  const operands = opCase.operands.map(({ dtype, shape }, i) =>
    b.input(`x${i}`, typeOf(dtype, shape.map(fixed))),
  );
  b.apply(definitionOf(opCase), operands, opCase.attributes).forEach((result, i) => {
    b.output(`y${i}`, result);
  });
  return b.finish([]);
}

export const inputsOf = ({ operands }: OpCase): Record<string, CaseOperand> =>
  Object.fromEntries(operands.map((operand, i) => [`x${i}`, operand]));
