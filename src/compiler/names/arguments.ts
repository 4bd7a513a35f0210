import type { NumberFunction } from '../builtins/functions.js';
import type { Report } from '../diagnostics/diagnostic.js';
import type { Span } from '../source/source.js';
import type { Argument, CallExpression } from '../syntax/ast.js';
import {
  type Callee,
  isBuiltIn,
  parameterNames,
  parametersOf,
  signatureOf,
} from '../values/callable.js';
import { takesArguments } from '../values/fits.js';
import type { Binder } from './binder.js';
import { outerParameter, type Target } from './binding.js';
import type { Named } from './bound.js';
import { fitsCase, type Known, unknown } from './known.js';
import { matchArguments } from './match-arguments.js';
import type { Scope } from './scope.js';
import { bindOne, bindValue } from './wanted.js';

/** The arguments of `known(args)`, and what it is with them. `scopeOf` has the names that an argument sees. */
export function bindArguments(
  b: Binder,
  known: Known,
  head: Named,
  args: readonly Argument[],
  scopeOf: (argument: Argument, position: number) => Scope,
): Known {
  const { callee, given = new Map<string, Span>() } = known;
  const values = args.map((argument, i) => {
    const { name, value } = argument;
    if (name) b.file.named.add(name.text);
    const parameter = name && callee && parameterOf(callee, name.text);
    if (name && parameter) b.note(name, parameter);
    return bindOne(b, value, scopeOf(argument, i));
  });
  const report: Report = (code, span, facts) => b.report(code, span, facts, head);
  if (!takesArguments(known.seen, head.span, report)) return unknown;
  if (!callee) return known;
  const matches = matchArguments(
    signatureOf(callee),
    (parameter) => given.get(parameter),
    args,
    report,
  );
  if (!matches) return unknown;
  b.file.matches.set(args, matches);
  const now = new Map(given);
  for (const { parameter, argument } of matches) {
    now.set(parameter, argument.span);
    const value = values[args.indexOf(argument)] ?? unknown;
    if (fitsCase(parameter, value)) continue;
    const { value: written } = argument;
    const facts = { kind: 'argument', name: parameter, found: value.seen } as const;
    b.report('NET0103', written.span, facts, written);
  }
  return { ...known, given: now };
}

/** A parameter as what the name of an argument means. */
function parameterOf(callee: Callee, text: string): Target | undefined {
  if (isBuiltIn(callee)) {
    const isOne = Object.hasOwn(callee.parameters, text);
    return isOne ? { kind: 'builtin parameter', builtin: callee, name: text } : undefined;
  }
  if (!parameterNames(signatureOf(callee)).all.has(text)) return undefined;
  const parameter = parametersOf(callee).find(({ name }) => name.text === text);
  return parameter && outerParameter(parameter);
}

/** The arguments of a function of numbers. */
export function bindNumbers(
  b: Binder,
  { name, usage, arity: [least, most] }: NumberFunction,
  { callee, args, span }: CallExpression,
  scope: Scope,
): void {
  const named = args.find(({ name }) => name);
  if (named) {
    const facts = { kind: 'function', callee: name, value: named.value.span } as const;
    b.report('NET0201', named.span, facts, callee);
  }
  if (args.length < least || args.length > most) {
    const counts = { least, most: Number.isFinite(most) ? most : null, given: args.length };
    b.report('NET0204', span, { kind: 'function', callee: name, usage, ...counts }, callee);
  }
  for (const { value } of args) bindValue(b, value, scope);
}
