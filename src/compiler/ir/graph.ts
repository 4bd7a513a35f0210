import type { OpName } from '../ops/registry.js';
import type { Residue } from '../sizes/residue.js';
import type { Shape, Size } from '../sizes/size.js';
import type { Origin } from '../source/origin.js';
import type { Initializer } from './initializer.js';

/** `float` is float32 in the engines and float64 in the reference; `int` is a 32-bit integer. */
export type DType = 'float' | 'int';

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** A value of the graph: assigned once, by an input, a variable or a node. */
export interface Value {
  readonly id: number;
  readonly type: TensorType;
}

/** What configures a node; every attribute prints, reads back and compares by value. */
export type Attribute = number | string | boolean | readonly number[] | readonly Size[];
export type Attributes = { readonly [name: string]: Attribute };

export interface Node {
  readonly op: OpName;
  readonly operands: readonly Value[];
  readonly attributes: Attributes;
  readonly results: readonly Value[];
  /** How it came about; null for what a pass or the gradient added. */
  readonly origin: Origin | null;
}

export interface Input {
  readonly name: string;
  readonly value: Value;
}

/**
 * A tensor that outlives a call, known by its path. `weight`s are trained and counted as parameters; `moment`s are
 * batch norm's; `slot`s (averages of the weights too) and `counter`s are the optimiser's.
 */
export interface Variable {
  readonly path: string;
  readonly kind: 'weight' | 'moment' | 'slot' | 'counter';
  readonly initial: Initializer;
  readonly value: Value;
}

export interface Output {
  /** The model's name for it, with its index for a list: `mask`, `masks[1]`. */
  readonly name: string;
  readonly value: Value;
}

/** The value a variable has after the call. */
export interface Update {
  readonly path: string;
  readonly value: Value;
}

/**
 * One function in static single assignment: inputs and variables in, outputs and new variables out.
 * It is functional; only an emitter turns `updates` into assignments. `nodes` are in an order that computes.
 */
export interface Graph {
  readonly name: string;
  /** What the sizes demand of each symbol: `H = 16k + 12`. */
  readonly symbols: readonly Residue[];
  readonly inputs: readonly Input[];
  readonly variables: readonly Variable[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly Output[];
  readonly updates: readonly Update[];
}

/** Functions over the same variables, by the names the engine's signatures have: `train`, `accumulate`, `predict`, `moments`. */
export interface Program {
  readonly name: string;
  readonly variables: readonly Variable[];
  readonly functions: Readonly<Record<string, Graph>>;
}
