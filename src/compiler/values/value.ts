import type { Seen } from '../diagnostics/messages/seen.js';
import type { Value as GraphValue } from '../ir/graph.js';
import type { Span } from '../source/source.js';
import type { Callable } from './callable.js';

/** A number of the configuration; `quotient` tells how a fraction came about, for the error that meets it. */
export interface NumberValue {
  readonly kind: 'number';
  readonly value: number;
  readonly quotient?: { readonly text: string; readonly at: Span };
}

export interface Bound {
  readonly value: Value;
  /** The argument in the text. */
  readonly span: Span;
}

/** A block or an operation with some of its arguments (blocks-2). */
export interface BlockValue {
  readonly kind: 'block';
  readonly callable: Callable;
  readonly args: ReadonlyMap<string, Bound>;
}

/** What `shared` binds: one place for weights (sharing-1). */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly name: string;
  readonly path: string;
  readonly block: BlockValue;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
}

export interface TensorValue {
  readonly kind: 'tensor';
  readonly value: GraphValue;
}

/** The kinds of values (values-1), and `poison` for what was reported already: all that touches it stays silent. */
export type Value =
  | NumberValue
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | ListValue
  | BlockValue
  | InstanceValue
  | TensorValue
  | typeof poison;

export const poison = { kind: 'poison' } as const;

/** Values side by side, which are not a value. */
export interface Several {
  readonly kind: 'several';
  readonly values: readonly Value[];
}

export type Result = Value | Several;

export const number = (value: number): NumberValue => ({ kind: 'number', value });
export const boolean = (value: boolean): Value => ({ kind: 'boolean', value });
export const list = (items: readonly Value[]): ListValue => ({ kind: 'list', items });
export const tensor = (value: GraphValue): TensorValue => ({ kind: 'tensor', value });
export const closure = (callable: Callable): BlockValue => ({
  kind: 'block',
  callable,
  args: new Map(),
});

/** The values of a result, one or several. */
export const valuesOf = (result: Result): readonly Value[] =>
  result.kind === 'several' ? result.values : [result];

/** Whether a tensor hides in it, as in a list (blocks-3). */
export const holdsTensor = (value: Value): boolean =>
  value.kind === 'tensor' || (value.kind === 'list' && value.items.some(holdsTensor));

/** Whether it is a tensor, a list of tensors, or already reported. */
export const isFeedable = (value: Value): boolean =>
  value.kind === 'tensor' ||
  value.kind === 'poison' ||
  (value.kind === 'list' && value.items.every(isFeedable));

/** What a message calls it. */
export function seen(value: Result): Seen {
  switch (value.kind) {
    case 'number':
      return { kind: 'number', value: value.value };
    case 'string':
      return { kind: 'string', text: value.value };
    case 'list':
      return { kind: 'list', length: value.items.length };
    case 'block': {
      const { kind, name } = value.callable;
      return { kind: kind === 'operation' ? 'operation' : 'block', name };
    }
    case 'instance':
      return { kind: 'instance', name: value.name };
    case 'several':
      return { kind: 'several', count: value.values.length };
    default:
      return { kind: value.kind === 'poison' ? 'value' : value.kind };
  }
}

/** As a `.net` file would write it; a tensor as its kind. */
export function printValue(value: Value): string {
  switch (value.kind) {
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'string':
      return JSON.stringify(value.value);
    case 'list':
      return `[${value.items.map(printValue).join(', ')}]`;
    case 'instance':
      return value.name;
    case 'block': {
      const args = [...value.args].map(([name, { value }]) => `${name}: ${printValue(value)}`);
      return `${value.callable.name}${args.length === 0 ? '' : `(${args.join(', ')})`}`;
    }
    default:
      return value.kind;
  }
}
