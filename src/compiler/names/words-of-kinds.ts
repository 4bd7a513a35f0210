import { functions, type NumberFunction } from '../builtins/functions.js';
import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import { insteadOfAttribute } from '../expand/attributes.js';
import { instead, joined, meantOr, textOf, way } from '../expand/ways-out.js';
import type { Span } from '../source/source.js';
import type { Argument, Name, NameExpression } from '../syntax/ast.js';

// What is said of an expression that is of another kind than its place wants.

export const severalForOne = (values: number, span: Span): DiagnosticParts => ({
  message: `${values} values stand where one is wanted`,
  span,
  ...joined(span),
});

export const blockForValue = (what: string, span: Span): DiagnosticParts => ({
  message: `a value is wanted, this is ${what}`,
  span,
  ...way(`feed it, \`x -> ${textOf(span)}\`, or pass it to a parameter with a capital letter`),
});

export const uncalledFunction = ({ text, span }: NameExpression): DiagnosticParts => ({
  message: `the function ${text} has no value by itself; it is called, \`${text}(...)\``,
  span,
  ...way(`give it its numbers: \`${functions.get(text)?.usage}\``),
});

export const namedNumber = ({ name }: NumberFunction, { span, value }: Argument) => ({
  message: `the arguments of ${name} have no names`,
  span,
  ...instead(span, textOf(value.span)),
});

export function wrongCount(
  { name, usage, arity: [least, most] }: NumberFunction,
  given: number,
  span: Span,
): DiagnosticParts {
  const wanted =
    least === most
      ? `${least}`
      : most === Number.POSITIVE_INFINITY
        ? `${least} or more`
        : `${least} to ${most}`;
  const message = `${name} takes ${wanted} numbers, not ${given}`;
  return { message, span, ...way(`write \`${usage}\``) };
}

export const noAttribute = ({ text, span }: Name, all: readonly string[]): DiagnosticParts => ({
  message: `no value has an attribute ${text}, only ${all.join(', ')}`,
  span,
  ...meantOr(span, text, all, insteadOfAttribute(text, true)),
});
