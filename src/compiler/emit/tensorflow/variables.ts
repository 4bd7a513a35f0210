import type { Variable } from '../../ir/graph.js';
import { type Weights, weightAt } from '../weights.js';
import { after, type GraphDefBuilder, type Tensor, type } from './graphdef.js';
import type { SignatureDef } from './proto.js';
import { dataTypeOf, doneOutput, placeholder, signatureOf, typeAttrs } from './signature.js';

/** A variable with the handle of the resource that holds it or, where it is frozen, with its value. */
export interface Held {
  readonly variable: Variable;
  readonly handle: Tensor;
  readonly frozen: boolean;
}

/** By path; all functions of a program use the same handles. */
export type Handles = ReadonlyMap<string, Held>;

export function heldAt(handles: Handles, path: string): Held {
  const held = handles.get(path);
  if (!held) throw new Error(`the program has no variable ${path}`);
  return held;
}

const dtypeOf = ({ value }: Variable) => ({ dtype: type(dataTypeOf(value.type.dtype)) });

export const declareVariables = (b: GraphDefBuilder, variables: readonly Variable[]): Handles =>
  new Map(
    variables.map((variable) => {
      const attrs = { ...typeAttrs(variable.value), shared_name: { s: variable.path } };
      const handle = b.node('VarHandleOp', `variables/${variable.path}`, [], attrs);
      return [variable.path, { variable, handle, frozen: false }];
    }),
  );

/** Variables as constants: what reads them predicts with these weights, and nothing can be assigned. */
export const freezeVariables = (
  b: GraphDefBuilder,
  variables: readonly Variable[],
  weights: Weights,
): Handles =>
  new Map(
    variables.map((variable) => {
      const { path } = variable;
      return [path, { variable, handle: b.weight(path, weightAt(weights, path)), frozen: true }];
    }),
  );

export const readNode = (
  b: GraphDefBuilder,
  scope: string,
  { variable, handle, frozen }: Held,
): Tensor =>
  frozen
    ? handle
    : b.node('ReadVariableOp', `${scope}/${variable.path}`, [handle], dtypeOf(variable));

export const assignNode = (
  b: GraphDefBuilder,
  scope: string,
  { variable, handle }: Held,
  value: Tensor,
  controls: readonly string[] = [],
): Tensor => {
  const inputs = [handle, value, ...controls];
  return b.node('AssignVariableOp', `${scope}/${variable.path}`, inputs, dtypeOf(variable));
};

/** `read_state`: nothing in, every variable out by its path. */
export function emitReadState(b: GraphDefBuilder, handles: Handles): SignatureDef {
  const outputs = [...handles].map(([name, held]) => ({
    name,
    value: held.variable.value,
    tensor: readNode(b, 'read_state', held),
  }));
  return signatureOf([], outputs);
}

/** `write_state`: every variable in by its path, `done` out. */
export function emitWriteState(b: GraphDefBuilder, handles: Handles): SignatureDef {
  const inputs = [...handles].map(
    ([
      name,
      {
        variable: { value },
      },
    ]) => ({
      name,
      value,
      tensor: placeholder(b, `write_state/${name}`, value),
    }),
  );
  const assigned = inputs.map(({ name, tensor }) =>
    after(assignNode(b, 'write_state/assign', heldAt(handles, name), tensor)),
  );
  return signatureOf(inputs, [doneOutput(b, 'write_state', assigned)]);
}
