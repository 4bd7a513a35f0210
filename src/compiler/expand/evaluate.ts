import type { NumberFunction } from '../builtins/functions.js';
import type {
  AttributeExpression,
  CallExpression,
  EntryExpression,
  Expression,
  IfExpression,
  ListExpression,
} from '../syntax/ast.js';
import { attributeOf, attributesOf } from '../values/attributes.js';
import { fractionOf } from '../values/fits.js';
import { boolean, list, number, poison, type Result, seen, type Value } from '../values/value.js';
import { applyArrow, configured } from './apply.js';
import { type Expansion, type Frame, lookup } from './expansion.js';
import { evaluateFor, evaluateRepeat } from './loops.js';
import { binary, unary } from './operators.js';
import { evaluateBody } from './statements.js';
import { evaluateBoolean, evaluateItems, evaluateOne, evaluateWhole } from './wanted.js';

/** The value of an expression, or its several values; poison where an error was reported. */
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
    else if (arg.kind === 'number') x.report('NET0207', span, fractionOf(arg), frame);
    else if (arg.kind !== 'poison') {
      const facts = { kind: 'argument', callee: name, found: seen(arg) } as const;
      x.report('NET0208', span, facts, frame);
    }
  }
  if (args.length < e.args.length) return poison;
  if (name === 'range') x.step(e.span, frame, Math.abs((args[1] ?? 0) - (args[0] ?? 0)));
  const result = call(...args);
  if (result.kind !== 'number' || Number.isFinite(result.value)) return result;
  return x.report('NET0214', e.span, { kind: 'function', callee: name, args }, frame);
}

function evaluateEntry(x: Expansion, e: EntryExpression, frame: Frame): Value {
  const items = evaluateItems(x, e.list, frame);
  const index = evaluateWhole(x, e.index, frame, 0, e);
  if (items === undefined || index === undefined) return poison;
  const found = items[index];
  if (found) return found;
  const facts = { kind: 'entry', index, length: items.length, list: e.list.span } as const;
  return x.report('NET0210', e.index.span, facts, frame);
}

function evaluateAttribute(x: Expansion, e: AttributeExpression, frame: Frame): Value {
  const value = evaluateOne(x, e.value, frame);
  if (value.kind === 'poison' || !frame.names.targetOf(e.name)) return poison;
  if (value.kind === 'tensor') x.readOnlySizes(value.value);
  // `rest` and `reversed` are copies.
  if (value.kind === 'list') x.work(value.items.length, e.span, frame);
  const found = attributeOf(value, e.name.text);
  if (found) return found;
  const { text: name, span } = e.name;
  const known = attributesOf(value);
  return known.includes(name)
    ? x.report('NET0210', span, { kind: 'attribute', name, list: e.value.span }, frame)
    : x.report('NET0209', span, { name, found: seen(value), attributes: known }, frame);
}

function evaluateIf(x: Expansion, e: IfExpression, frame: Frame): Result {
  const condition = evaluateBoolean(x, e.condition, frame);
  if (condition === undefined) return poison;
  if (condition) return evaluateBody(x, e.then, frame);
  if ('statements' in e.else) return evaluateBody(x, e.else, frame);
  return evaluateIf(x, e.else, frame);
}
