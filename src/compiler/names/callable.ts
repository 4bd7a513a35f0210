import type { Builtin } from '../builtins/builtin.js';
import type { Module } from '../load/modules.js';
import type { BlockDefinition, ModelDefinition } from '../syntax/ast.js';

/** A block of a file. */
export interface UserBlock {
  readonly kind: 'user';
  readonly name: string;
  readonly definition: BlockDefinition;
  readonly module: Module;
}

/** What stands right of an arrow: a block of a file, a built-in block, or an operation. */
export type Callable = UserBlock | Builtin;

/** What arguments are matched with; built-in and written blocks and models alike. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly required?: boolean }[];
  /** The names of the inputs where that list is the only one: a frequent slip (Head(1) on `Head(classes)`). */
  readonly onlyInputs?: readonly string[];
}

const signatures = new WeakMap<object, Signature>();

/** The signature of a definition or a built-in, made once. */
export function signatureOf(callable: Callable): Signature {
  if (callable.kind !== 'user') return callable.signature;
  return definitionSignature(callable.definition);
}

export function definitionSignature(definition: BlockDefinition | ModelDefinition): Signature {
  const known = signatures.get(definition);
  if (known) return known;
  const parameters = (definition.parameters ?? []).map(({ name, fallback }) => ({
    name: name.text,
    required: fallback === null,
  }));
  const onlyInputs =
    definition.kind === 'block' && definition.parameters === null
      ? definition.inputs.map(({ name }) => name.text)
      : undefined;
  const made = { name: definition.name.text, parameters, ...(onlyInputs && { onlyInputs }) };
  signatures.set(definition, made);
  return made;
}
