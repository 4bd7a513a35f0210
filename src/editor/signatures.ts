import type { NumberFunction } from '../compiler/builtins/functions.js';
import type { Role, Target } from '../compiler/names/binding.js';
import type { Definition, Expression, Parameter } from '../compiler/syntax/ast.js';
import { attributeSummaries } from '../compiler/values/attributes.js';
import type { Builtin } from '../compiler/values/builtin.js';
import { printValue } from '../compiler/values/value.js';

/** What a hover and a completion say of a name. */
export interface Description {
  /** `block R2CL(channels, steps = 2) (x)`: its kind and how it is used. */
  readonly signature: string;
  /** Its `///` lines, or the sentence of what is built in. */
  readonly doc: string | null;
}

export function describeTarget(target: Target): Description {
  switch (target.kind) {
    case 'definition':
      return { signature: definitionText(target.definition), doc: target.definition.doc };
    case 'local': {
      const bound = target.value ? ` = ${textOf(target.value)}` : '';
      return { signature: `${roles[target.role]} ${target.name.text}${bound}`, doc: null };
    }
    case 'builtin':
      return { signature: builtinText(target.builtin), doc: target.builtin.summary };
    case 'builtin parameter': {
      const { builtin, name } = target;
      const { wants } = builtin.parameters[name]!;
      return { signature: `parameter ${parameterText(builtin, name)}`, doc: `Wants ${wants}.` };
    }
    case 'function':
      return { signature: functionText(target.function), doc: target.function.summary };
    case 'symbol':
      return { signature: `size ${target.name}`, doc: null };
    case 'attribute':
      return {
        signature: `attribute ${target.name}`,
        doc: attributeSummaries[target.name] ?? null,
      };
    case 'instance':
      return { signature: `instance ${target.name.text}`, doc: null };
    case 'file':
      return { signature: `file ${target.module.path}`, doc: null };
  }
}

const roles: Readonly<Record<Role, string>> = {
  parameter: 'parameter',
  input: 'input',
  output: 'output',
  let: 'let',
  shared: 'shared',
  variable: 'loop variable',
  state: 'loop state',
};

/** The longest value that a signature quotes. */
const longest = 60;

function textOf({ span }: Expression): string {
  const text = span.file.text.slice(span.start, span.end).replace(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
}

const parametersText = (parameters: readonly Parameter[]): string =>
  parameters
    .map(({ name, fallback }) => (fallback ? `${name.text} = ${textOf(fallback)}` : name.text))
    .join(', ');

function definitionText(definition: Definition): string {
  const { name } = definition;
  switch (definition.kind) {
    case 'block': {
      const { parameters, inputs } = definition;
      const configuration = parameters ? `(${parametersText(parameters)}) ` : '';
      return `block ${name.text}${configuration}(${parametersText(inputs)})`;
    }
    case 'model': {
      const { parameters } = definition;
      return `model ${name.text}${parameters.length > 0 ? `(${parametersText(parameters)})` : ''}`;
    }
    case 'variant':
      return `model ${name.text} = ${textOf(definition.value)}`;
    case 'missing':
      return name.text;
  }
}

function builtinText(builtin: Builtin): string {
  const { kind, name, parameters, inputs } = builtin;
  const names = Object.keys(parameters);
  const configuration =
    names.length > 0 ? `(${names.map((p) => parameterText(builtin, p)).join(', ')}) ` : '';
  return `${kind} ${name}${configuration}(${inputs.join(', ')})`;
}

export function parameterText({ parameters }: Builtin, name: string): string {
  const { fallback, implied } = parameters[name]!;
  return fallback ? `${name} = ${implied ?? printValue(fallback)}` : name;
}

function functionText({ name, arity: [least, most] }: NumberFunction): string {
  const letters = ['x', 'y'].slice(0, Math.min(most, 2));
  const names = letters.map((letter, i) => (i < least ? letter : `${letter}?`));
  return `function ${name}(${most === Number.POSITIVE_INFINITY ? 'x, ...' : names.join(', ')})`;
}
