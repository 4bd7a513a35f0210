import { functions } from '../builtins/functions.js';
import type {
  AttributeExpression,
  CallExpression,
  EntryExpression,
  Expression,
  IfExpression,
  ListExpression,
} from '../syntax/ast.js';
import { applyArrow, configured } from './apply.js';
import { attributeOf, attributesOf, insteadOfAttribute } from './attributes.js';
import { type Expansion, innerScope, lookup, type Scope } from './expansion.js';
import { fractionMistake } from './kinds.js';
import { evaluateFor, evaluateRepeat } from './loops.js';
import { binary, unary } from './operators.js';
import { count, evaluateBody } from './statements.js';
import { boolean, describe, list, number, poison, type Result, type Value } from './values.js';
import {
  atLeast,
  instead,
  joined,
  meantOr,
  textOf,
  toBoolean,
  toList,
  toNumber,
  way,
} from './ways-out.js';

/** The value of an expression, or its several values; poison where a mistake was reported. */
export function evaluate(x: Expansion, e: Expression, scope: Scope): Result {
  x.step(e.span, scope.frame);
  x.nest(e.span, scope.frame);
  const result = evaluateKind(x, e, scope);
  x.unnest();
  x.observe(e.span, result, scope.frame);
  return result;
}

function evaluateKind(x: Expansion, e: Expression, scope: Scope): Result {
  switch (e.kind) {
    case 'number':
      return number(e.value);
    case 'string':
      return { kind: 'string', value: e.value };
    case 'boolean':
      return boolean(e.value);
    case 'name':
      return lookup(e.text, scope);
    case 'several':
      return { kind: 'several', values: e.values.map((value) => evaluateOne(x, value, scope)) };
    case 'bracket':
      return evaluate(x, e.value, scope);
    case 'list':
      return evaluateList(x, e, scope);
    case 'unary':
      return unary(x, e, scope);
    case 'binary':
      return binary(x, e, scope);
    case 'call':
      return evaluateCall(x, e, scope);
    case 'entry':
      return evaluateEntry(x, e, scope);
    case 'attribute':
      return evaluateAttribute(x, e, scope);
    case 'arrow':
      return applyArrow(x, e, scope);
    case 'if':
      return evaluateIf(x, e, scope);
    case 'for':
      return evaluateFor(x, e, scope);
    case 'repeat':
      return evaluateRepeat(x, e, scope);
    case 'missing':
      return poison;
  }
}

/** As `evaluate`, where several values have no place (sentence 1). */
export function evaluateOne(x: Expansion, e: Expression, scope: Scope): Value {
  const result = evaluate(x, e, scope);
  if (result.kind !== 'several') return result;
  const message = `${result.values.length} values stand where one is wanted`;
  return x.report('NET0211', { message, span: e.span, ...joined(e.span) }, scope.frame);
}

/** A whole number of `least` or more; undefined where it was reported. */
export function evaluateWhole(
  x: Expansion,
  e: Expression,
  scope: Scope,
  least: number,
  belowIt = (_: number) => atLeast(e.span, least),
): number | undefined {
  const value = evaluateOne(x, e, scope);
  const { span } = e;
  if (value.kind === 'poison') return undefined;
  if (value.kind !== 'number') {
    const message = `a whole number is wanted, this is ${describe(value)}`;
    x.report('NET0208', { message, span, ...toNumber(value, span) }, scope.frame);
  } else if (!Number.isInteger(value.value)) {
    x.report('NET0207', fractionMistake(value, span), scope.frame);
  } else if (value.value < least) {
    const message = `a whole number of ${least} or more is wanted, not ${value.value}`;
    x.report('NET0214', { message, span, ...belowIt(value.value) }, scope.frame);
  } else return value.value;
  return undefined;
}

/** A boolean of the configuration; undefined where it was reported. */
export function evaluateBoolean(x: Expansion, e: Expression, scope: Scope): boolean | undefined {
  const value = evaluateOne(x, e, scope);
  if (value.kind === 'boolean') return value.value;
  if (value.kind !== 'poison') {
    const message = `true or false is wanted, this is ${describe(value)}`;
    const out = toBoolean(value, e.span);
    x.report('NET0208', { message, span: e.span, ...out }, scope.frame);
  }
  return undefined;
}

/** The items of a list; undefined where it was reported. */
export function evaluateItems(
  x: Expansion,
  e: Expression,
  scope: Scope,
): readonly Value[] | undefined {
  const value = evaluateOne(x, e, scope);
  if (value.kind === 'list') return value.items;
  if (value.kind !== 'poison') {
    const message = `a list is wanted, this is ${describe(value)}`;
    x.report('NET0208', { message, span: e.span, ...toList(value, e.span) }, scope.frame);
  }
  return undefined;
}

function evaluateList(x: Expansion, e: ListExpression, scope: Scope): Value {
  const items: Value[] = [];
  let lost = false;
  for (const { spread, value } of e.items) {
    if (spread) {
      const spreadItems = evaluateItems(x, value, scope);
      lost ||= spreadItems === undefined;
      x.step(value.span, scope.frame, spreadItems?.length);
      for (const item of spreadItems ?? []) items.push(item);
    } else items.push(evaluateOne(x, value, scope));
  }
  return lost ? poison : list(items);
}

function evaluateCall(x: Expansion, e: CallExpression, scope: Scope): Value {
  const name = e.callee.kind === 'name' ? e.callee.text : undefined;
  const callee = evaluateOne(x, e.callee, scope);
  // A function has no value, so its name is poison unless something else has it.
  const isFunction = callee.kind === 'poison' && name !== undefined && functions.has(name);
  if (isFunction) return callFunction(x, e, name, scope);
  return configured(x, callee, e.callee.span, e.args, scope);
}

function callFunction(x: Expansion, e: CallExpression, name: string, scope: Scope): Value {
  const { arity, whole, call } = functions.get(name)!;
  const args: number[] = [];
  for (const { value } of e.args) {
    const arg = evaluateOne(x, value, scope);
    const { span } = value;
    if (arg.kind === 'number' && (!whole || Number.isInteger(arg.value))) args.push(arg.value);
    else if (arg.kind === 'number') x.report('NET0207', fractionMistake(arg, span), scope.frame);
    else if (arg.kind !== 'poison') {
      const message = `${name} works on numbers, this is ${describe(arg)}`;
      x.report('NET0208', { message, span, ...toNumber(arg, span) }, scope.frame);
    }
  }
  const fits = e.args.length >= arity[0] && e.args.length <= arity[1];
  if (!fits || args.length < e.args.length || e.args.some((arg) => arg.name)) return poison;
  if (name === 'range') x.step(e.span, scope.frame, Math.abs((args[1] ?? 0) - args[0]));
  const result = call(...args);
  if (result.kind !== 'number' || Number.isFinite(result.value)) return result;
  const message = `${name}(${args.join(', ')}) is no number`;
  const out = way('give numbers for which it has a value');
  return x.report('NET0214', { message, span: e.span, ...out }, scope.frame);
}

function evaluateEntry(x: Expansion, e: EntryExpression, scope: Scope): Value {
  const items = evaluateItems(x, e.list, scope);
  const index = evaluateWhole(x, e.index, scope, 0, (n) => fromTheEnd(e, n));
  if (items === undefined || index === undefined) return poison;
  if (index < items.length) return items[index];
  const message = `there is no entry ${index}: the list has ${count(items.length, 'entry', 'entries')}, counted from 0`;
  const { span } = e.index;
  const last = items.length - 1;
  const list = textOf(e.list.span);
  const out =
    last < 0
      ? way(`ask for \`${list}.length > 0\` first`)
      : instead(span, `${last}`, `the last one is \`${list}[${last}]\`, or \`${list}.last\``);
  return x.report('NET0210', { message, span, ...out }, scope.frame);
}

/** What other languages count from the end. */
function fromTheEnd({ list, index, span }: EntryExpression, n: number) {
  const text = textOf(list.span);
  if (n === -1) return instead(span, `${text}.last`, `the last one is \`${text}.last\``);
  const place = `${text}.length - ${-n}`;
  return instead(index.span, place, `entries are counted from 0: write \`${text}[${place}]\``);
}

function evaluateAttribute(x: Expansion, e: AttributeExpression, scope: Scope): Value {
  const value = evaluateOne(x, e.value, scope);
  if (value.kind === 'poison') return poison;
  if (value.kind === 'tensor') x.readOnlySizes(value.value);
  const found = attributeOf(value, e.name.text);
  if (!('code' in found)) return found;
  const { text, span } = e.name;
  const out =
    found.code === 'NET0210'
      ? way(`ask for \`${textOf(e.value.span)}.length > 0\` first`)
      : meantOr(span, text, attributesOf(value), insteadOfAttribute(text, value.kind === 'tensor'));
  return x.report(found.code, { message: found.message, span, ...out }, scope.frame);
}

function evaluateIf(x: Expansion, e: IfExpression, scope: Scope): Result {
  const condition = evaluateBoolean(x, e.condition, scope);
  if (condition === undefined) return poison;
  if (condition) return evaluateBody(x, e.then, innerScope(scope));
  if ('statements' in e.else) return evaluateBody(x, e.else, innerScope(scope));
  return evaluateIf(x, e.else, scope);
}
