import { functions } from '../builtins/functions.js';
import type { Report } from '../diagnostics/diagnostic.js';
import type { Seen } from '../diagnostics/messages/seen.js';
import type {
  ArrowExpression,
  AttributeExpression,
  CallExpression,
  Expression,
  ForExpression,
  IfExpression,
  NameExpression,
  RepeatExpression,
} from '../syntax/ast.js';
import { attributes } from '../values/attributes.js';
import { fitsArrow } from '../values/fits.js';
import { bindArguments, bindNumbers } from './arguments.js';
import type { Binder } from './binder.js';
import { bindBody } from './bodies.js';
import { type Known, unknown } from './known.js';
import { Scope } from './scope.js';
import { bindOne, bindValue } from './wanted.js';

const value = (seen: Seen & Pick<Known, 'kind'>): Known => ({ kind: seen.kind, seen });

/** Binds the names of an expression and of the braces in it, whether it is ever evaluated or not; what it is. */
export function bindExpression(b: Binder, e: Expression, scope: Scope): Known {
  switch (e.kind) {
    case 'number':
      return value({ kind: 'number', value: e.value });
    case 'string':
      return value({ kind: 'string', text: e.value });
    case 'boolean':
      return value({ kind: 'boolean' });
    case 'name':
      return bindName(b, e, scope);
    case 'several':
      for (const part of e.values) bindOne(b, part, scope);
      return unknown;
    case 'bracket':
      return bindExpression(b, e.value, scope);
    case 'list':
      for (const item of e.items) bindOne(b, item.value, scope);
      return value({ kind: 'list', length: null });
    case 'unary':
      return bindOperands(b, e.operator, [e.operand], scope);
    case 'binary':
      return bindOperands(b, e.operator, [e.left, e.right], scope);
    case 'call':
      return bindCall(b, e, scope);
    case 'entry':
      bindValue(b, e.list, scope);
      bindValue(b, e.index, scope);
      return unknown;
    case 'attribute':
      bindAttribute(b, e, scope);
      return unknown;
    case 'arrow':
      bindArrow(b, e, scope);
      return unknown;
    case 'if':
      return bindIf(b, e, scope);
    case 'for':
    case 'repeat':
      bindLoop(b, e, scope);
      return unknown;
    case 'missing':
      return unknown;
  }
}

function bindName(b: Binder, e: NameExpression, scope: Scope): Known {
  const known = b.name(e, scope);
  if (known.kind !== 'function') return known;
  const usage = functions.get(e.text)?.usage ?? '';
  b.report('NET0208', e.span, { kind: 'function', name: e.text, usage }, e);
  return unknown;
}

function bindOperands(
  b: Binder,
  operator: string,
  operands: readonly Expression[],
  scope: Scope,
): Known {
  for (const operand of operands) bindValue(b, operand, scope);
  return ['+', '-', '*', '/'].includes(operator) ? unknown : value({ kind: 'boolean' });
}

function bindCall(b: Binder, e: CallExpression, scope: Scope): Known {
  const { callee, args } = e;
  const known = callee.kind === 'name' ? b.name(callee, scope) : bindOne(b, callee, scope);
  const called = callee.kind === 'name' ? functions.get(callee.text) : undefined;
  if (known.kind !== 'function' || !called)
    return bindArguments(b, known, callee, args, () => scope);
  bindNumbers(b, called, e, scope);
  return value(
    called.name === 'range' ? { kind: 'list', length: null } : { kind: 'number', value: null },
  );
}

const everyAttribute: readonly string[] = [...attributes.list, ...attributes.tensor];

function bindAttribute(b: Binder, e: AttributeExpression, scope: Scope): void {
  bindValue(b, e.value, scope);
  const { text, span } = e.name;
  if (everyAttribute.includes(text)) b.note(e.name, { kind: 'attribute', name: text });
  // What belongs to an unknown name is unknown as well.
  else if (!b.isUnknown(e.value))
    b.report('NET0209', span, { name: text, found: null, attributes: everyAttribute });
}

function bindArrow(b: Binder, e: ArrowExpression, scope: Scope): void {
  const { from, stage } = e;
  const { name, args, as } = stage;
  bindExpression(b, from, scope);
  const known = b.name(name, scope, e);
  b.file.segments.set(stage, b.segments.stage(stage));
  const report: Report = (code, span, facts) => b.report(code, span, facts, name);
  if (!fitsArrow(known.seen, stage, report)) {
    for (const argument of args ?? []) bindOne(b, argument.value, scope);
  } else if (known.kind !== 'instance') bindArguments(b, known, name, args ?? [], () => scope);
  if (as) b.note(as, { kind: 'instance', name: as }, true, e);
}

/** Both branches, whichever is taken (control-1). */
function bindIf(b: Binder, e: IfExpression, scope: Scope): Known {
  bindValue(b, e.condition, scope);
  let here = unknown;
  let there = unknown;
  b.segments.branches(
    () => {
      here = bindBody(b, e.then, b.opened(new Scope(scope, e.then.span)));
    },
    () => {
      there =
        'statements' in e.else
          ? bindBody(b, e.else, b.opened(new Scope(scope, e.else.span)))
          : bindIf(b, e.else, scope);
    },
  );
  return here.kind === 'block' && there.kind === 'block'
    ? { kind: here.kind, seen: here.seen }
    : unknown;
}

function bindLoop(b: Binder, e: ForExpression | RepeatExpression, scope: Scope): void {
  b.file.segments.set(e, b.segments.loop(e));
  bindValue(b, e.kind === 'for' ? e.list : e.count, scope);
  const start = e.fold && { value: e.fold.start, known: bindExpression(b, e.fold.start, scope) };
  const { span } = e.body;
  const inner = b.opened(new Scope(scope, span, scope.loops + 1));
  const from = span.start;
  if (e.kind === 'for') b.bind(e.variable, 'variable', inner, { from });
  const states = e.fold?.pattern.names ?? [];
  for (const name of states) {
    // The first step's state says what kind it is, but not whose arguments a later one takes.
    const { kind, seen } = start?.known ?? unknown;
    const only = states.length === 1 && start ? { value: start.value, known: { kind, seen } } : {};
    b.bind(name, 'state', inner, { ...only, from });
  }
  b.numbered(() => bindBody(b, e.body, inner));
}
