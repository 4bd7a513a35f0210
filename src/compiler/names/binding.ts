import type { NumberFunction } from '../builtins/functions.js';
import type { Span } from '../source/source.js';
import type {
  ArrowExpression,
  Definition,
  Expression,
  Name,
  Parameter,
  Statement,
} from '../syntax/ast.js';
import type { Module } from '../syntax/module.js';
import type { Builtin } from '../values/builtin.js';
import type { Callee } from '../values/callable.js';
import { type Known, plain } from './known.js';

/** What binds a name inside a definition. */
export type Role = 'parameter' | 'input' | 'output' | 'let' | 'shared' | 'variable' | 'state';

/** A place where a local name is read: `x -> f`, or anywhere else without an arrow. */
export interface Read {
  readonly arrow: ArrowExpression | null;
  /** Loops around it that are not around the binding, each of which may read it again. */
  readonly loops: number;
}

/** A name of one definition. Its `name`, as it stands in the tree, is the key of its value in the expansion. */
export interface Local {
  readonly kind: 'local';
  readonly role: Role;
  readonly name: Name;
  /** What it is bound to, or a parameter's default; null where the text does not say. */
  readonly value: Expression | null;
  readonly known: Known;
  /** What takes the arguments of a call of it; of a parameter, by its default. */
  readonly callee: Callee | undefined;
  /** The line, of those that a line binds. */
  readonly statement: Statement | null;
  /** Loops of the definition around it. */
  readonly loops: number;
  readonly reads: Read[];
}

/** A block or a model of a file. */
export interface Defined {
  readonly kind: 'definition';
  readonly definition: Definition;
  readonly module: Module;
}

interface Attribute {
  readonly kind: 'attribute';
  readonly name: string;
}

/** What a name in the text means. */
export type Target =
  | Defined
  | Local
  | { readonly kind: 'builtin'; readonly builtin: Builtin }
  | { readonly kind: 'builtin parameter'; readonly builtin: Builtin; readonly name: string }
  | { readonly kind: 'function'; readonly function: NumberFunction }
  /** A size symbol of a model; `first` is where the model names it first. */
  | { readonly kind: 'symbol'; readonly name: string; readonly first: Span }
  | Attribute
  /** The name that `as` gives an instance. */
  | { readonly kind: 'instance'; readonly name: Name }
  | { readonly kind: 'file'; readonly module: Module };

/** One place where a name, or an import's path, stands. */
export interface Use {
  readonly span: Span;
  readonly target: Target;
  /** Whether the name gets its meaning here. */
  readonly binds: boolean;
  /** The arrow at whose stage it stands. */
  readonly arrow: ArrowExpression | null;
}

/** A parameter as seen from outside of its definition, as by the name of an argument. */
export const outerParameter = ({ name, fallback }: Parameter): Local => ({
  kind: 'local',
  role: 'parameter',
  name,
  value: fallback,
  known: plain(name.text),
  callee: undefined,
  statement: null,
  loops: 0,
  reads: [],
});

/** The name that binds a target, or the beginning of a file; undefined for what is built in. */
export function placeOf(target: Target): Span | undefined {
  switch (target.kind) {
    case 'definition':
      return target.definition.name.span;
    case 'local':
    case 'instance':
      return target.name.span;
    case 'symbol':
      return target.first;
    case 'file':
      return { file: target.module.file.source, start: 0, end: 0 };
    default:
      return undefined;
  }
}

/** Tells targets apart: two uses of one thing have the same key, whichever files they stand in. */
export function keyOf(target: Target): string {
  const place = placeOf(target);
  if (place) return `${place.file.path}:${place.start}`;
  if (target.kind === 'builtin') return target.builtin.name;
  if (target.kind === 'builtin parameter') return `${target.builtin.name}(${target.name})`;
  return target.kind === 'function' ? target.function.name : `.${(target as Attribute).name}`;
}
