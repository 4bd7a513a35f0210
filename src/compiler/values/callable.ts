import type { BlockDefinition, ModelDefinition, Parameter } from '../syntax/ast.js';
import type { Module } from '../syntax/module.js';
import type { Builtin } from './builtin.js';

/** A block of a file. */
export interface UserBlock {
  readonly kind: 'user';
  readonly name: string;
  readonly definition: BlockDefinition;
  readonly module: Module;
}

/** What stands right of an arrow: a block of a file, a built-in block, or an operation. */
export type Callable = UserBlock | Builtin;

/** What takes arguments by name; a model does in its variants. */
export type Callee = BlockDefinition | ModelDefinition | Builtin;

/** What arguments are matched with; built-in and written blocks and models alike. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly required?: boolean }[];
  /** The names of the inputs where that list is the only one: a frequent slip (Head(1) on `Head(classes)`). */
  readonly onlyInputs?: readonly string[];
}

/** The names of a signature in order, and by name; kept, since every call of a block asks for them. */
interface Names {
  readonly order: readonly string[];
  readonly all: ReadonlySet<string>;
}

const namesOfSignatures = new WeakMap<Signature, Names>();

export function parameterNames(signature: Signature): Names {
  const known = namesOfSignatures.get(signature);
  if (known) return known;
  const order = signature.parameters.map(({ name }) => name);
  const made = { order, all: new Set(order) };
  namesOfSignatures.set(signature, made);
  return made;
}

const signatures = new WeakMap<object, Signature>();

/** Whether it is built in, and not a definition of a file. */
export const isBuiltIn = (callee: Callee): callee is Builtin => 'signature' in callee;

export const calleeOf = (callable: Callable): Callee =>
  callable.kind === 'user' ? callable.definition : callable;

/** The parameters of a definition, none where a block has only the list of its inputs. */
export const parametersOf = ({
  parameters,
}: BlockDefinition | ModelDefinition): readonly Parameter[] => parameters ?? [];

/** The signature of a definition or a built-in, made once. */
export function signatureOf(callee: Callee): Signature {
  if (isBuiltIn(callee)) return callee.signature;
  const known = signatures.get(callee);
  if (known) return known;
  const parameters = parametersOf(callee).map(({ name, fallback }) => ({
    name: name.text,
    required: fallback === null,
  }));
  const onlyInputs =
    callee.kind === 'block' && callee.parameters === null
      ? callee.inputs.map(({ name }) => name.text)
      : undefined;
  const made = { name: callee.name.text, parameters, ...(onlyInputs && { onlyInputs }) };
  signatures.set(callee, made);
  return made;
}
