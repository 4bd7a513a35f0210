import type { NumberFunction } from '../builtins/functions.js';
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
import { type Expansion, type Frame, lookup } from './expansion.js';
import { fractionMistake } from './kinds.js';
import { evaluateFor, evaluateRepeat } from './loops.js';
import { binary, unary } from './operators.js';
import { count, evaluateBody } from './statements.js';
import { boolean, describe, list, number, poison, type Result, type Value } from './values.js';
import { evaluateBoolean, evaluateItems, evaluateOne, evaluateWhole } from './wanted.js';
import { instead, meantOr, textOf, toNumber, way } from './ways-out.js';

/** The value of an expression, or its several values; poison where a mistake was reported. */
export function evaluate(x: Expansion, e: Expression, frame: Frame): Result {
  x.step(e.span, frame);
  x.nest(e.span, frame);
  const result = frame.names.wrong.has(e) ? poison : evaluateForm(x, e, frame);
  x.unnest();
  x.observe(e.span, result, frame);
  return result;
}

function evaluateForm(x: Expansion, e: Expression, frame: Frame): Result {
  switch (e.kind) {
    case 'number':
      return number(e.value);
    case 'string':
      return { kind: 'string', value: e.value };
    case 'boolean':
      return boolean(e.value);
    case 'name':
      return lookup(e, frame);
    case 'several':
      return { kind: 'several', values: e.values.map((value) => evaluateOne(x, value, frame)) };
    case 'bracket':
      return evaluate(x, e.value, frame);
    case 'list':
      return evaluateList(x, e, frame);
    case 'unary':
      return unary(x, e, frame);
    case 'binary':
      return binary(x, e, frame);
    case 'call':
      return evaluateCall(x, e, frame);
    case 'entry':
      return evaluateEntry(x, e, frame);
    case 'attribute':
      return evaluateAttribute(x, e, frame);
    case 'arrow':
      return applyArrow(x, e, frame);
    case 'if':
      return evaluateIf(x, e, frame);
    case 'for':
      return evaluateFor(x, e, frame);
    case 'repeat':
      return evaluateRepeat(x, e, frame);
    case 'missing':
      return poison;
  }
}

function evaluateList(x: Expansion, e: ListExpression, frame: Frame): Value {
  const items: Value[] = [];
  let lost = false;
  for (const { spread, value } of e.items) {
    if (spread) {
      const spreadItems = evaluateItems(x, value, frame);
      lost ||= spreadItems === undefined;
      x.step(value.span, frame, spreadItems?.length);
      for (const item of spreadItems ?? []) items.push(item);
    } else items.push(evaluateOne(x, value, frame));
  }
  return lost ? poison : list(items);
}

function evaluateCall(x: Expansion, e: CallExpression, frame: Frame): Value {
  const target = frame.names.targetOf(e.callee);
  // A function has no value: a call of it is all that it is.
  if (target?.kind === 'function') return callFunction(x, e, target.function, frame);
  return configured(x, evaluateOne(x, e.callee, frame), e.callee.span, e.args, frame);
}

function callFunction(
  x: Expansion,
  e: CallExpression,
  { name, whole, call }: NumberFunction,
  frame: Frame,
): Value {
  const args: number[] = [];
  for (const { value } of e.args) {
    const arg = evaluateOne(x, value, frame);
    const { span } = value;
    if (arg.kind === 'number' && (!whole || Number.isInteger(arg.value))) args.push(arg.value);
    else if (arg.kind === 'number') x.report('NET0207', fractionMistake(arg, span), frame);
    else if (arg.kind !== 'poison') {
      const message = `${name} works on numbers, this is ${describe(arg)}`;
      x.report('NET0208', { message, span, ...toNumber(arg, span) }, frame);
    }
  }
  if (args.length < e.args.length) return poison;
  if (name === 'range') x.step(e.span, frame, Math.abs((args[1] ?? 0) - (args[0] ?? 0)));
  const result = call(...args);
  if (result.kind !== 'number' || Number.isFinite(result.value)) return result;
  const message = `${name}(${args.join(', ')}) is no number`;
  const out = way('give numbers for which it has a value');
  return x.report('NET0214', { message, span: e.span, ...out }, frame);
}

function evaluateEntry(x: Expansion, e: EntryExpression, frame: Frame): Value {
  const items = evaluateItems(x, e.list, frame);
  const index = evaluateWhole(x, e.index, frame, 0, (n) => fromTheEnd(e, n));
  if (items === undefined || index === undefined) return poison;
  const found = items[index];
  if (found) return found;
  const message = `there is no entry ${index}: the list has ${count(items.length, 'entry', 'entries')}, counted from 0`;
  const { span } = e.index;
  const last = items.length - 1;
  const list = textOf(e.list.span);
  const out =
    last < 0
      ? way(`ask for \`${list}.length > 0\` first`)
      : instead(span, `${last}`, `the last one is \`${list}[${last}]\`, or \`${list}.last\``);
  return x.report('NET0210', { message, span, ...out }, frame);
}

/** What other languages count from the end. */
function fromTheEnd({ list, index, span }: EntryExpression, n: number) {
  const text = textOf(list.span);
  if (n === -1) return instead(span, `${text}.last`, `the last one is \`${text}.last\``);
  const place = `${text}.length - ${-n}`;
  return instead(index.span, place, `entries are counted from 0: write \`${text}[${place}]\``);
}

function evaluateAttribute(x: Expansion, e: AttributeExpression, frame: Frame): Value {
  const value = evaluateOne(x, e.value, frame);
  if (value.kind === 'poison' || !frame.names.targetOf(e.name)) return poison;
  if (value.kind === 'tensor') x.readOnlySizes(value.value);
  const found = attributeOf(value, e.name.text);
  if (!('code' in found)) return found;
  const { text, span } = e.name;
  const out =
    found.code === 'NET0210'
      ? way(`ask for \`${textOf(e.value.span)}.length > 0\` first`)
      : meantOr(span, text, attributesOf(value), insteadOfAttribute(text, value.kind === 'tensor'));
  return x.report(found.code, { message: found.message, span, ...out }, frame);
}

function evaluateIf(x: Expansion, e: IfExpression, frame: Frame): Result {
  const condition = evaluateBoolean(x, e.condition, frame);
  if (condition === undefined) return poison;
  if (condition) return evaluateBody(x, e.then, frame);
  if ('statements' in e.else) return evaluateBody(x, e.else, frame);
  return evaluateIf(x, e.else, frame);
}
