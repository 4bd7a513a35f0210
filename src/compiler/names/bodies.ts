import { type Span, textOf } from '../source/source.js';
import type {
  Body,
  Expression,
  ListExpression,
  Name,
  NameExpression,
  Statement,
} from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { partsOf } from '../syntax/parts.js';
import { isShareable } from '../values/fits.js';
import type { Binder } from './binder.js';
import { type Known, unknown } from './known.js';
import type { Scope } from './scope.js';
import { bindOne } from './wanted.js';

/** The lines of a body in its own names; what is known of its result. */
export function bindBody(b: Binder, body: Body, scope: Scope): Known {
  for (const name of body.statements.flatMap(boundBy)) scope.announce(name);
  let result = unknown;
  for (const statement of body.statements) {
    if (statement.kind === 'result') result = b.expression(statement.value, scope);
    else bindStatement(b, statement, scope);
  }
  return result;
}

function boundBy(statement: Statement): readonly Name[] {
  if (statement.kind === 'let') return statement.pattern.names;
  return 'name' in statement ? [statement.name] : [];
}

function bindStatement(b: Binder, statement: Statement, scope: Scope): void {
  const at = { statement, from: nextLine(statement.span) };
  switch (statement.kind) {
    case 'input':
      bindShape(b, statement.shape, scope);
      b.bind(statement.name, 'input', scope, at);
      return;
    case 'output': {
      const { name, value } = statement;
      bindOne(b, value, scope);
      b.bind(name, 'output', scope, { value, ...at });
      return;
    }
    case 'let': {
      const { pattern, value } = statement;
      const known = b.expression(value, scope);
      const only = pattern.names.length === 1 && value.kind !== 'several' ? { value, known } : {};
      for (const name of pattern.names) b.bind(name, 'let', scope, { ...only, ...at });
      return;
    }
    case 'shared': {
      const { name, value } = statement;
      const { seen } = bindOne(b, value, scope);
      isShareable(seen, statement, (code, span, facts) => b.report(code, span, facts, value));
      b.segments.claim(name.text, { span: name.span, given: true });
      const known: Known = { kind: 'instance', seen: { kind: 'instance', name: name.text } };
      b.bind(name, 'shared', scope, { value, known, ...at });
      return;
    }
    case 'require':
      bindOne(b, statement.condition, scope);
      return;
    case 'result':
      b.expression(statement.value, scope);
  }
}

/** A name holds from the line behind the one that binds it (names-3). */
function nextLine({ file, end }: Span): number {
  const next = file.text.indexOf('\n', end);
  return next < 0 ? file.text.length + 1 : next + 1;
}

/** `[N, H, W, channels]` (models-2). */
function bindShape(b: Binder, shape: ListExpression, scope: Scope): void {
  for (const axis of shape.items.keys()) bindSize(b, axis, shape, scope);
  const fits = shape.items.length === 4 && shape.items.every(({ spread }) => !spread);
  const last = shape.items[2]?.value;
  const isImage = last?.kind === 'name' && isPascal(last.text);
  if (!fits) b.report('NET0405', shape.span, { kind: 'rank', ...textsOf(shape), isImage }, shape);
}

/** A size of an input's shape: a symbol, or a value; symbols stand alone, and not for the channels. */
function bindSize(b: Binder, axis: number, shape: ListExpression, scope: Scope): void {
  const { value } = shape.items[axis]!;
  // Of another number of sizes that is the error, and no place says which of them is the channels.
  const mayBeSymbol = axis < 3 || shape.items.length !== 4;
  if (mayBeSymbol && value.kind === 'name' && isPascal(value.text)) {
    const first = b.symbols.get(value.text);
    const target = first && ({ kind: 'symbol', name: value.text, first } as const);
    if (target) b.note(value, target, first === value.span);
    return;
  }
  const symbol = firstSymbol(value);
  if (!symbol || b.module.names.has(symbol.text)) {
    bindOne(b, value, scope);
    return;
  }
  const { text } = symbol;
  if (axis < 3) b.report('NET0405', value.span, { kind: 'calculated', symbol: text }, value);
  else {
    const isNumber = shape.items[1]?.value.kind === 'number';
    const facts = { kind: 'channels', symbol: text, ...textsOf(shape), isNumber } as const;
    b.report('NET0405', symbol.span, facts, value);
  }
}

const textsOf = ({ items, span }: ListExpression) => ({
  sizes: items.map(({ value }) => textOf(value.span)),
  shape: span,
});

function firstSymbol(e: Expression): NameExpression | undefined {
  if (e.kind === 'name') return /^[A-Z]\d*$/.test(e.text) ? e : undefined;
  return partsOf(e)
    .map(firstSymbol)
    .find((found) => found !== undefined);
}
