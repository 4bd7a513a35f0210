import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import type { Span } from '../source/source.js';
import type { Body, Name, Pattern, Statement } from '../syntax/ast.js';
import { type Expansion, type Frame, joinPath } from './expansion.js';
import { caseMistake, notShared } from './kinds.js';
import { unmet } from './requirement.js';
import { describe, poison, type Result, type Value, valuesOf } from './values.js';
import { evaluateBoolean, evaluateOne } from './wanted.js';
import { instead, joined, way } from './ways-out.js';

/**
 * Runs the lines of a body in `frame`, which is its own; the result is its last line's. A requirement that is not met
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
      x.report('NET0213', unmet(statement, frame), frame);
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
  const mistake = notShared(block.kind, () => describe(block), statement);
  if (mistake) return x.report('NET0309', mistake, frame);
  if (block.kind !== 'block') return poison;
  return { kind: 'instance', name: name.text, path: joinPath(frame.path, name.text), block };
}

/** Binds a name in `frame`, unless its case says another kind (sentence 2). */
export function bindName(
  x: Expansion,
  name: Name,
  value: Value,
  frame: Frame,
  valueSpan: Span = name.span,
): void {
  if (name.text === '_') return;
  const mistake = caseMistake(name.text, value, valueSpan);
  const kept = mistake ? x.report('NET0103', mistake, frame) : value;
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
    x.report('NET0211', wrongNames(pattern, values.length, span), frame);
  }
  names.forEach((name, i) => {
    bindName(x, name, (fits ? values[i] : undefined) ?? poison, frame, span);
  });
}

/** More or fewer names than values. */
export function wrongNames({ names, span }: Pattern, values: number, from: Span): DiagnosticParts {
  const message = `${count(names.length, 'name')} for ${count(values, 'value')}`;
  const label = `${count(values, 'value')} here`;
  const first = names[0]?.text ?? 'a';
  const dropped = Array.from({ length: values - 1 }, () => '_').join(', ');
  const out =
    values === 1
      ? instead(span, first, `write one name, \`${first}\``)
      : names.length === 1
        ? way(
            `name each, \`(${first}, ${dropped})\` to keep the first, or ${joined(from).suggestion.message}`,
          )
        : way(`write ${count(values, 'name')} in the brackets; \`_\` drops a value`);
  return { message, span, related: [{ span: from, message: label }], ...out };
}

export const count = (n: number, noun: string, nouns = `${noun}s`): string =>
  `${n} ${n === 1 ? noun : nouns}`;
