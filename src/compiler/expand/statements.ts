import type { Span } from '../source/source.js';
import type { Body, Name, Pattern, Statement } from '../syntax/ast.js';
import { fitsName, isShareable } from '../values/fits.js';
import { holdsTensor, poison, type Result, seen, type Value, valuesOf } from '../values/value.js';
import { type Expansion, type Frame, joinPath } from './expansion.js';
import { valuesIn } from './requirement.js';
import { evaluateBoolean, evaluateOne } from './wanted.js';

/**
 * Runs the lines of a body in order (modes-3) in `frame`, which is its own; the result is its last line's. A requirement that is not met
 * ends it: what follows was written for values that meet it.
 */
export function evaluateBody(x: Expansion, body: Body, frame: Frame): Result {
  for (const statement of body.statements) {
    if (statement.kind === 'result') return x.evaluate(statement.value, frame);
    if (!evaluateStatement(x, statement, frame)) return poison;
  }
  return poison;
}

/** `let`, `shared` and `require`; a model has its own lines beside them. False where a requirement is not met. */
export function evaluateStatement(x: Expansion, statement: Statement, frame: Frame): boolean {
  switch (statement.kind) {
    case 'let': {
      const { pattern, value } = statement;
      bindPattern(x, pattern, entriesOf(pattern, x.evaluate(value, frame)), value.span, frame);
      return true;
    }
    case 'shared':
      frame.values.set(statement.name, share(x, statement, frame));
      return true;
    case 'require':
      if (evaluateBoolean(x, statement.condition, frame) !== false) return true;
      x.report('NET0213', statement.span, unmet(statement, frame), frame);
      return false;
    default:
      return true;
  }
}

function share(
  x: Expansion,
  statement: Extract<Statement, { kind: 'shared' }>,
  frame: Frame,
): Value {
  const { name, value } = statement;
  const block = evaluateOne(x, value, frame);
  const fits = isShareable(seen(block), statement, x.reporter(frame));
  if (!fits || block.kind !== 'block') return poison;
  return { kind: 'instance', name: name.text, path: joinPath(frame.path, name.text), block };
}

/** Binds a name in `frame`, unless its case says another kind (names-1). */
export function bindName(
  x: Expansion,
  name: Name,
  value: Value,
  frame: Frame,
  valueSpan: Span = name.span,
): void {
  if (name.text === '_') return;
  const facts = { kind: 'argument', name: name.text, found: seen(value) } as const;
  const kept = fitsName(name.text, value) ? value : x.report('NET0103', valueSpan, facts, frame);
  frame.values.set(name, kept);
  x.observe(name.span, kept, frame);
}

/** A list as its entries, where several names are bound to it. */
const entriesOf = ({ names }: Pattern, result: Result): Result =>
  result.kind === 'list' && names.length > 1 ? { kind: 'several', values: result.items } : result;

/** Takes several values apart, or binds one. */
export function bindPattern(
  x: Expansion,
  pattern: Pattern,
  result: Result,
  span: Span,
  frame: Frame,
): void {
  const { names } = pattern;
  const values = valuesOf(result);
  const fits = values.length === names.length;
  if (!fits && result.kind !== 'poison') {
    x.report('NET0211', pattern.span, wrongNames(pattern, values.length, span), frame);
  }
  names.forEach((name, i) => {
    const value = (fits ? values[i] : undefined) ?? poison;
    bindName(x, name, value, frame, span);
    if (name.text !== '_' && holdsTensor(value)) frame.application.named.push([name.text, value]);
  });
}

/** More or fewer names than values. */
export const wrongNames = ({ names }: Pattern, values: number, from: Span) =>
  ({ kind: 'names', names: names.map(({ text }) => text), values, from }) as const;

type Requirement = Extract<Statement, { kind: 'require' }>;

/** A requirement that is not met, with the values it was asked of, each once. */
function unmet({ condition, message }: Requirement, frame: Frame) {
  const values = new Map(valuesIn(condition, frame).map((each) => [each.name, each]));
  return { requirement: message, values: [...values.values()] };
}
