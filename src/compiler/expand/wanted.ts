import type { EntryExpression, Expression } from '../syntax/ast.js';
import { fractionOf } from '../values/fits.js';
import { seen, type Value } from '../values/value.js';
import type { Expansion, Frame } from './expansion.js';

/** The value of an expression where several values have no place (values-3). */
export function evaluateOne(x: Expansion, e: Expression, frame: Frame): Value {
  const result = x.evaluate(e, frame);
  if (result.kind !== 'several') return result;
  return x.report('NET0211', e.span, { kind: 'one', count: result.values.length }, frame);
}

type Kind = 'number' | 'boolean' | 'list';

/** The value of an expression where one of a kind is wanted; undefined where another was reported. */
function evaluateAs<K extends Kind>(
  x: Expansion,
  e: Expression,
  frame: Frame,
  kind: K,
): Extract<Value, { kind: K }> | undefined {
  const value = evaluateOne(x, e, frame);
  if (isOf(value, kind)) return value;
  const facts = { kind: 'wanted', wanted: kind, found: seen(value) } as const;
  if (value.kind !== 'poison') x.report('NET0208', e.span, facts, frame);
  return undefined;
}

const isOf = <K extends Kind>(value: Value, kind: K): value is Extract<Value, { kind: K }> =>
  value.kind === kind;

/** A whole number of `least` or more; undefined where it was reported. */
export function evaluateWhole(
  x: Expansion,
  e: Expression,
  frame: Frame,
  least: number,
  entry?: EntryExpression,
): number | undefined {
  const number = evaluateAs(x, e, frame, 'number');
  if (!number) return undefined;
  const { value } = number;
  if (Number.isInteger(value) && value >= least) return value;
  if (!Number.isInteger(value)) x.report('NET0207', e.span, fractionOf(number), frame);
  else if (entry) {
    const facts = { kind: 'index', value, list: entry.list.span, entry: entry.span } as const;
    x.report('NET0214', e.span, facts, frame);
  } else x.report('NET0214', e.span, { kind: 'least', value, least }, frame);
  return undefined;
}

/** A boolean of the configuration (values-1); undefined where it was reported. */
export const evaluateBoolean = (x: Expansion, e: Expression, frame: Frame): boolean | undefined =>
  evaluateAs(x, e, frame, 'boolean')?.value;

/** The items of a list, those of another after `...` among them (values-2); undefined where it was reported. */
export const evaluateItems = (x: Expansion, e: Expression, frame: Frame) =>
  evaluateAs(x, e, frame, 'list')?.items;
