import { functions } from '../builtins/functions.js';
import { configuredInstance, nothingToApply } from '../expand/apply-mistakes.js';
import { matchArguments } from '../expand/arguments.js';
import { attributes, insteadOfAttribute } from '../expand/attributes.js';
import { caseAdvice, caseMessage } from '../expand/kinds.js';
import { instead, joined, meantOr, textOf, way } from '../expand/ways-out.js';
import { checkSites } from '../names/sites.js';
import type { Span } from '../source/source.js';
import type {
  Argument,
  ArrowExpression,
  CallExpression,
  Expression,
  Fold,
  ForExpression,
  IfExpression,
  RepeatExpression,
} from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { checkBody } from './bodies.js';
import { bind, type Check, innerNames, type Known, type Names, resolve, unknown } from './names.js';

const value = (what: string): Known => ({ kind: 'value', what });

/** Checks the names and kinds of an expression, whether it is ever evaluated or not. */
export function checkExpression(c: Check, e: Expression, names: Names): Known {
  switch (e.kind) {
    case 'number':
      return value(`the number ${e.value}`);
    case 'string':
      return value('a string');
    case 'boolean':
      return value('a boolean');
    case 'name':
      return checkName(c, e, names);
    case 'several':
      for (const part of e.values) checkOne(c, part, names);
      return unknown;
    case 'bracket':
      return checkExpression(c, e.value, names);
    case 'list':
      for (const item of e.items) checkOne(c, item.value, names);
      return value('a list');
    case 'unary':
      return checkOperands(c, e.operator, [e.operand], names);
    case 'binary':
      return checkOperands(c, e.operator, [e.left, e.right], names);
    case 'call':
      return checkCall(c, e, names);
    case 'entry':
      checkValue(c, e.list, names);
      checkValue(c, e.index, names);
      return unknown;
    case 'attribute':
      checkAttribute(c, e, names);
      return unknown;
    case 'arrow':
      return checkArrow(c, e, names);
    case 'if':
      return checkIf(c, e, names);
    case 'for':
    case 'repeat':
      return checkLoop(c, e, names);
    case 'missing':
      return unknown;
  }
}

/** As `checkExpression`, where several values have no place. */
export function checkOne(c: Check, e: Expression, names: Names): Known {
  if (e.kind === 'several') {
    const message = `${e.values.length} values stand where one is wanted`;
    c.diagnostics.report('NET0211', { message, span: e.span, ...joined(e.span) });
  }
  return checkExpression(c, e, names);
}

/** As `checkOne`, where a block has no place. */
function checkValue(c: Check, e: Expression, names: Names): Known {
  const known = checkOne(c, e, names);
  if (known.kind !== 'block' && known.kind !== 'instance') return known;
  const message = `a value is wanted, this is ${known.what}`;
  const out = way(
    `feed it, \`x -> ${textOf(e.span)}\`, or pass it to a parameter with a capital letter`,
  );
  c.diagnostics.report('NET0208', { message, span: e.span, ...out });
  return unknown;
}

function checkName(c: Check, e: Extract<Expression, { kind: 'name' }>, names: Names): Known {
  const known = resolve(c, e.text, e.span, names);
  if (known.kind !== 'function') return known;
  const message = `${known.what} has no value by itself; it is called, \`${e.text}(...)\``;
  const out = way(`give it its numbers: \`${functions.get(e.text)?.usage}\``);
  c.diagnostics.report('NET0208', { message, span: e.span, ...out });
  return unknown;
}

function checkOperands(
  c: Check,
  operator: string,
  operands: readonly Expression[],
  names: Names,
): Known {
  for (const operand of operands) checkValue(c, operand, names);
  const logical = !['+', '-', '*', '/'].includes(operator);
  return logical ? value('a boolean') : unknown;
}

function checkCall(c: Check, e: CallExpression, names: Names): Known {
  const { callee } = e;
  if (callee.kind !== 'name') {
    return checkArguments(c, checkOne(c, callee, names), callee.span, e.args, names);
  }
  const known = resolve(c, callee.text, callee.span, names);
  if (known.kind !== 'function') return checkArguments(c, known, callee.span, e.args, names);
  const [least, most] = functions.get(callee.text)!.arity;
  const named = e.args.find(({ name }) => name);
  if (named) {
    const message = `the arguments of ${callee.text} have no names`;
    const unnamed = textOf(named.value.span);
    c.diagnostics.report('NET0201', { message, span: named.span, ...instead(named.span, unnamed) });
  }
  if (e.args.length < least || e.args.length > most) {
    const wanted =
      least === most
        ? `${least}`
        : most === Number.POSITIVE_INFINITY
          ? `${least} or more`
          : `${least} to ${most}`;
    const message = `${callee.text} takes ${wanted} numbers, not ${e.args.length}`;
    const out = way(`write \`${functions.get(callee.text)?.usage}\``);
    c.diagnostics.report('NET0204', { message, span: e.span, ...out });
  }
  for (const arg of e.args) checkValue(c, arg.value, names);
  return callee.text === 'range' ? value('a list') : value('a number');
}

/** The arguments of `known(args)`, and what it is with them. */
export function checkArguments(
  c: Check,
  known: Known,
  span: Span,
  args: readonly Argument[],
  names: Names | ((argument: Argument, position: number) => Names),
): Known {
  const values = args.map((arg, i) =>
    checkOne(c, arg.value, typeof names === 'function' ? names(arg, i) : names),
  );
  if (known.kind === 'instance' || known.kind === 'value') {
    const message = `${known.what} takes no arguments; only a block or an operation does`;
    c.diagnostics.report('NET0301', { message, span, ...way('leave the brackets out') });
    return unknown;
  }
  const { signature, given = new Map() } = known;
  if (!signature) return known;
  const matches = matchArguments(
    signature,
    (parameter) => given.get(parameter),
    args,
    (code, parts) => c.diagnostics.report(code, parts),
  );
  const now = new Map(given);
  for (const { parameter, argument } of matches ?? []) {
    now.set(parameter, argument.span);
    const { kind, what } = values[args.indexOf(argument)];
    if (kind === 'unknown' || (kind === 'block') === isPascal(parameter)) continue;
    const message = caseMessage(parameter, what);
    const suggestion = caseAdvice(parameter);
    c.diagnostics.report('NET0103', { message, span: argument.value.span, suggestion });
  }
  return matches ? { ...known, given: now } : unknown;
}

const everyAttribute: readonly string[] = [...attributes.list, ...attributes.tensor];

function checkAttribute(
  c: Check,
  e: Extract<Expression, { kind: 'attribute' }>,
  names: Names,
): void {
  checkValue(c, e.value, names);
  const { text, span } = e.name;
  // What belongs to an unknown name is unknown as well.
  const lost = e.value.kind === 'name' && c.unknown.has(e.value.text);
  if (lost || everyAttribute.includes(text)) return;
  const message = `no value has an attribute ${text}, only ${everyAttribute.join(', ')}`;
  const otherwise = insteadOfAttribute(text, true);
  c.diagnostics.report('NET0209', {
    message,
    span,
    ...meantOr(span, text, everyAttribute, otherwise),
  });
}

function checkArrow(c: Check, { from, stage }: ArrowExpression, names: Names): Known {
  checkExpression(c, from, names);
  const { name, args, as } = stage;
  const known = resolve(c, name.text, name.span, names);
  if (known.kind === 'instance') {
    for (const arg of args ?? []) checkOne(c, arg.value, names);
    if (args || as) {
      c.diagnostics.report('NET0305', configuredInstance(stage));
    }
  } else if (known.kind === 'value' || known.kind === 'function') {
    const kind = known.what.startsWith('the number') ? 'number' : known.kind;
    c.diagnostics.report('NET0301', nothingToApply(stage, kind, known.what));
  } else checkArguments(c, known, name.span, args ?? [], names);
  return unknown;
}

/** Both branches, whichever is taken (sentence 14). */
function checkIf(c: Check, e: IfExpression, names: Names): Known {
  checkValue(c, e.condition, names);
  const here = checkBody(c, e.then, innerNames(names));
  const there =
    'statements' in e.else ? checkBody(c, e.else, innerNames(names)) : checkIf(c, e.else, names);
  return here.kind === 'block' && there.kind === 'block'
    ? { kind: 'block', what: here.what }
    : unknown;
}

function checkLoop(c: Check, e: ForExpression | RepeatExpression, names: Names): Known {
  const inner = innerNames(names);
  checkValue(c, e.kind === 'for' ? e.list : e.count, names);
  if (e.kind === 'for') bind(c, e.variable, unknown, inner, e.variable.span, true);
  if (e.fold) bindStates(c, e.fold, names, inner);
  checkSites(e.body, [], c.diagnostics);
  checkBody(c, e.body, innerNames(inner));
  return unknown;
}

function bindStates(c: Check, { pattern, start }: Fold, names: Names, inner: Names): void {
  const known = checkExpression(c, start, names);
  const one = pattern.names.length === 1;
  for (const name of pattern.names) bind(c, name, one ? known : unknown, inner, start.span, true);
}
