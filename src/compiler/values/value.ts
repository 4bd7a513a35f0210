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
  readonly weight: number;
}

/** What `shared` binds: one place for weights (sharing-1). */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly name: string;
  readonly path: string;
  readonly block: BlockValue;
}

/**
 * What is asked of a list at every application is known from the first: a list of lists that share their entries is a tree too
 * large to walk.
 */
export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly weight: number;
  readonly holdsTensor: boolean;
  readonly isFeedable: boolean;
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
export const list = (items: readonly Value[]): ListValue => ({
  kind: 'list',
  items,
  weight: items.reduce((sum, item) => sum + weightOf(item), 1),
  holdsTensor: items.some(holdsTensor),
  isFeedable: items.every(isFeedable),
});
export const tensor = (value: GraphValue): TensorValue => ({ kind: 'tensor', value });
export const closure = (callable: Callable, args: BlockValue['args'] = new Map()): BlockValue => {
  let weight = 1;
  for (const { value } of args.values()) weight += weightOf(value);
  return { kind: 'block', callable, args, weight };
};

/** Texts count by their length, in parts of so many characters. */
const part = 64;

/** How much a value is where all of it is written out; what is shared counts at every place where it stands. */
export function weightOf(value: Value): number {
  if (value.kind === 'list' || value.kind === 'block') return value.weight;
  if (value.kind === 'instance') return value.block.weight;
  return value.kind === 'string' ? 1 + Math.floor(value.value.length / part) : 1;
}

/** The values of a result, one or several. */
export const valuesOf = (result: Result): readonly Value[] =>
  result.kind === 'several' ? result.values : [result];

/** Whether a tensor hides in it, as in a list (blocks-3). */
export const holdsTensor = (value: Value): boolean =>
  value.kind === 'tensor' || (value.kind === 'list' && value.holdsTensor);

/** Whether it is a tensor, a list of tensors, or already reported. */
export const isFeedable = (value: Value): boolean =>
  value.kind === 'tensor' || value.kind === 'poison' || (value.kind === 'list' && value.isFeedable);

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

/** What is larger is shown by how much it is. */
const mostPrinted = 1_000;

/** As a `.net` file would write it; a tensor as its kind, and what would fill pages as how much it is. */
export function printValue(value: Value): string {
  if (weightOf(value) > mostPrinted) return summaryOf(value);
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

function summaryOf(value: Value): string {
  if (value.kind === 'string') return `"..." (${value.value.length} characters)`;
  const size = `(${weightOf(value)} values)`;
  return value.kind === 'block' ? `${value.callable.name}(...) ${size}` : `[...] ${size}`;
}
