import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import { severalForOne } from '../names/words-of-kinds.js';
import type { Span } from '../source/source.js';
import type { Expression } from '../syntax/ast.js';
import type { Expansion, Frame } from './expansion.js';
import { fractionMistake } from './kinds.js';
import { describe, type Value } from './values.js';
import { atLeast, toBoolean, toList, toNumber } from './ways-out.js';

/** The value of an expression where several values have no place (sentence 1). */
export function evaluateOne(x: Expansion, e: Expression, frame: Frame): Value {
  const result = x.evaluate(e, frame);
  if (result.kind !== 'several') return result;
  return x.report('NET0211', severalForOne(result.values.length, e.span), frame);
}

type Kind = 'number' | 'boolean' | 'list';

/** The value of an expression where one of a kind is wanted; undefined where another was reported. */
function evaluateAs<K extends Kind>(
  x: Expansion,
  e: Expression,
  frame: Frame,
  kind: K,
  wanted: string,
  out: (value: Value, span: Span) => Pick<DiagnosticParts, 'suggestion'>,
): Extract<Value, { kind: K }> | undefined {
  const value = evaluateOne(x, e, frame);
  if (isOf(value, kind)) return value;
  if (value.kind !== 'poison') {
    const message = `${wanted} is wanted, this is ${describe(value)}`;
    x.report('NET0208', { message, span: e.span, ...out(value, e.span) }, frame);
  }
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
  belowIt = (_: number) => atLeast(e.span, least),
): number | undefined {
  const number = evaluateAs(x, e, frame, 'number', 'a whole number', toNumber);
  if (!number) return undefined;
  const { span } = e;
  const { value } = number;
  if (Number.isInteger(value) && value >= least) return value;
  if (!Number.isInteger(value)) x.report('NET0207', fractionMistake(number, span), frame);
  else {
    const message = `a whole number of ${least} or more is wanted, not ${value}`;
    x.report('NET0214', { message, span, ...belowIt(value) }, frame);
  }
  return undefined;
}

/** A boolean of the configuration; undefined where it was reported. */
export const evaluateBoolean = (x: Expansion, e: Expression, frame: Frame): boolean | undefined =>
  evaluateAs(x, e, frame, 'boolean', 'true or false', toBoolean)?.value;

/** The items of a list; undefined where it was reported. */
export const evaluateItems = (x: Expansion, e: Expression, frame: Frame) =>
  evaluateAs(x, e, frame, 'list', 'a list', toList)?.items;
