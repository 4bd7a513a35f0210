import type { Arity, OpDefinition, Tuple } from '../ops/definition.js';
import type { Attributes, Value } from '../ops/values.js';
import type { Residue } from '../sizes/residue.js';
import type { Origin } from '../source/origin.js';
import type { Initializer } from './initializer.js';

export type { Attribute, Attributes, DType, TensorType, Value } from '../ops/values.js';

export interface Node {
  readonly op: OpDefinition;
  readonly operands: readonly Value[];
  readonly attributes: Attributes;
  readonly results: readonly Value[];
  /** How it came about, of a gradient's node how that which it differentiates did; null for what no line of a model asks for. */
  readonly origin: Origin | null;
  readonly phase: Phase;
  /** Which part of the batch it computes, counted from 0, where the batch is divided; undefined of what is there once. */
  readonly tower?: number | undefined;
}

/** What a node is for: the model itself, the loss of its outputs, the gradient of that, or the updates of weights. */
export type Phase = 'forward' | 'loss' | 'backward' | 'optimiser';

/** A node of an operation with so many operands and results. */
export interface NodeOf<N extends Arity, R extends Arity> extends Node {
  readonly operands: Tuple<Value, N>;
  readonly results: Tuple<Value, R>;
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
  /** Those functions whose convolutions an engine computes in half precision; none where it is absent. */
  readonly half?: readonly string[];
}
