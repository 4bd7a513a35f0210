import { sameSizesWanted } from '../builtins/same-sizes.js';
import type { Value as GraphValue } from '../ir/graph.js';
import type { OpDefinition } from '../ops/definition.js';
import { add } from '../ops/elementwise/add.js';
import { div } from '../ops/elementwise/div.js';
import { mul } from '../ops/elementwise/mul.js';
import { neg } from '../ops/elementwise/neg.js';
import { sub } from '../ops/elementwise/sub.js';
import { constant } from '../ops/structure/constant.js';
import type { Origin } from '../source/origin.js';
import { type Span, textOf } from '../source/source.js';
import type { BinaryExpression, Expression, UnaryExpression } from '../syntax/ast.js';
import {
  boolean,
  type NumberValue,
  number,
  poison,
  seen,
  type TensorValue,
  tensor,
  type Value,
} from '../values/value.js';
import { application } from './application.js';
import type { Expansion, Frame } from './expansion.js';
import { notBuilt } from './shape-error.js';
import { evaluateBoolean, evaluateOne } from './wanted.js';

const arithmetic: Readonly<
  Record<string, { at(a: number, b: number): number; op: OpDefinition<2> }>
> = {
  '+': { at: (a, b) => a + b, op: add },
  '-': { at: (a, b) => a - b, op: sub },
  '*': { at: (a, b) => a * b, op: mul },
  '/': { at: (a, b) => a / b, op: div },
};
const orders = new Map<string, (a: number, b: number) => boolean>([
  ['<', (a, b) => a < b],
  ['<=', (a, b) => a <= b],
  ['>', (a, b) => a > b],
  ['>=', (a, b) => a >= b],
]);

export function unary(x: Expansion, e: UnaryExpression, frame: Frame): Value {
  if (e.operator === 'not') {
    const value = evaluateBoolean(x, e.operand, frame);
    return value === undefined ? poison : boolean(!value);
  }
  const value = evaluateOne(x, e.operand, frame);
  if (value.kind === 'number') return number(-value.value);
  if (value.kind === 'tensor') return build(x, e, neg, [value], frame);
  return unfit(x, e, value, frame);
}

/** The right side of `and` and `or` is not asked where the left one decides (numbers-3). */
export function binary(x: Expansion, e: BinaryExpression, frame: Frame): Value {
  if (e.operator === 'and' || e.operator === 'or') {
    const left = evaluateBoolean(x, e.left, frame);
    if (left === undefined) return poison;
    if (left === (e.operator === 'or')) return boolean(left);
    const right = evaluateBoolean(x, e.right, frame);
    return right === undefined ? poison : boolean(right);
  }
  const left = evaluateOne(x, e.left, frame);
  const right = evaluateOne(x, e.right, frame);
  if (left.kind === 'poison' || right.kind === 'poison') return poison;
  if (e.operator === '==' || e.operator === '!=') return equality(x, e, left, right, frame);
  const bothNumbers = left.kind === 'number' && right.kind === 'number';
  const order = orders.get(e.operator);
  if (order && bothNumbers) return boolean(order(left.value, right.value));
  if (order) return unfit(x, e, left.kind === 'number' ? right : left, frame);
  if (bothNumbers) return calculated(x, e, left, right, frame);
  if (e.operator === '+' && left.kind === 'list' && right.kind === 'list') {
    return joinedLists(x, e, frame);
  }
  for (const operand of [left, right]) {
    if (operand.kind !== 'number' && operand.kind !== 'tensor') {
      return unfit(x, e, operand, frame);
    }
  }
  return build(x, e, arithmetic[e.operator]!.op, [left, right] as Operands, frame);
}

function equality(x: Expansion, e: BinaryExpression, a: Value, b: Value, frame: Frame): Value {
  const plain = ({ kind }: Value) => kind === 'number' || kind === 'string' || kind === 'boolean';
  if (!plain(a)) return unfit(x, e, a, frame);
  if (!plain(b)) return unfit(x, e, b, frame);
  if (a.kind !== b.kind) {
    const places = [e.left.span, e.right.span] as const;
    const facts = { kind: 'compared', sides: [seen(a), seen(b)], places } as const;
    return x.report('NET0208', e.span, facts, frame);
  }
  const same = 'value' in a && 'value' in b && a.value === b.value;
  return boolean(same === (e.operator === '=='));
}

/** A number, or reported where the result is none (numbers-1). */
function calculated(
  x: Expansion,
  e: BinaryExpression,
  a: NumberValue,
  b: NumberValue,
  frame: Frame,
): Value {
  const value = arithmetic[e.operator]!.at(a.value, b.value);
  const text = `${a.value} ${e.operator} ${b.value}`;
  if (!Number.isFinite(value)) {
    const divisor = e.right.kind === 'number' ? null : e.right.span;
    return x.report('NET0214', e.span, { kind: 'quotient', text, divisor }, frame);
  }
  const fraction = e.operator === '/' && !Number.isInteger(value);
  return fraction ? { kind: 'number', value, quotient: { text, at: e.span } } : number(value);
}

type Operands = readonly (NumberValue | TensorValue)[];

/** A number combines with every element; two tensors as numbers-5 says. */
function build(
  x: Expansion,
  e: BinaryExpression | UnaryExpression,
  op: OpDefinition,
  operands: Operands,
  frame: Frame,
): Value {
  const { path, origin: parent } = frame;
  const origin: Origin = { block: e.operator, path, site: e.span, depth: 0, parent };
  const made = application(e.operator, e.operator, origin);
  const values = operands.map((operand): GraphValue => {
    if (operand.kind === 'tensor') return operand.value;
    return x.builder.apply(constant, [], { value: operand.value }, origin)[0];
  });
  try {
    const tensors = operands.every(({ kind }) => kind === 'tensor');
    if (tensors && (op === add || op === sub)) sameSizesWanted(values[0]!, values[1]!, e.operator);
    const results = x.builder.apply(op, values, {}, origin);
    x.made(results, e.span);
    made.results.push(...results);
    frame.application.children.push(made);
    return tensor(results[0]!);
  } catch (error) {
    const span = e.kind === 'binary' ? e.operatorSpan : e.span;
    const sides = e.kind === 'binary' ? [e.left, e.right] : [];
    const written = sides.map((expression) => ({ expression, besideOperator: true }));
    return notBuilt(x, 'NET0402', error, values, span, frame, written);
  }
}

function unfit(
  x: Expansion,
  e: BinaryExpression | UnaryExpression,
  value: Value,
  frame: Frame,
): Value {
  if (value.kind === 'poison') return poison;
  const facts = {
    kind: 'operator',
    sign: e.operator,
    found: seen(value),
    compares: !(e.operator in arithmetic),
    operand: operandOf(e),
    isUnary: e.kind === 'unary',
  } as const;
  return x.report('NET0208', e.span, facts, frame);
}

function joinedLists(x: Expansion, e: BinaryExpression, frame: Frame): Value {
  const inside = ({ kind, span }: Expression): string =>
    kind === 'list' ? textOf(span).slice(1, -1).trim() : `...${textOf(span)}`;
  const facts = { kind: 'lists', sides: [inside(e.left), inside(e.right)] } as const;
  return x.report('NET0208', e.span, facts, frame);
}

/** The side that is likely meant: where only one is a name, that one. */
const operandOf = (e: BinaryExpression | UnaryExpression): Span =>
  e.kind === 'unary' ? e.operand.span : (e.left.kind === 'number' ? e.right : e.left).span;
