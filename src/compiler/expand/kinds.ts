import type { DiagnosticParts, Suggestion } from '../diagnostics/diagnostic.js';
import type { Span } from '../source/source.js';
import type { Statement } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { type BlockValue, describe, holdsTensor, type NumberValue, type Value } from './values.js';
import { boundByLet, instead, textOf, way } from './ways-out.js';

/** What is wrong with `value` under `name`, whose case tells blocks from values (sentence 2); undefined if nothing. */
export function caseMistake(name: string, value: Value, span: Span): DiagnosticParts | undefined {
  if (value.kind === 'poison' || name === '_') return undefined;
  const isBlock = value.kind === 'block';
  return isBlock === isPascal(name) ? undefined : wrongCase(name, describe(value), span);
}

/** What stands under a name in the case of the other kind. */
export const wrongCase = (name: string, what: string, span: Span): DiagnosticParts => ({
  message: isPascal(name)
    ? `${name} begins with a capital letter and is a block; this is ${what}`
    : `${name} begins with a small letter and is no block; this is ${what}`,
  span,
  suggestion: caseAdvice(name),
});

/** What is wrong with what `shared` is to bind; undefined if nothing: only a block has weights to share (sentence 10). */
export function notShared(
  kind: string,
  what: () => string,
  { value, span }: Extract<Statement, { kind: 'shared' }>,
): DiagnosticParts | undefined {
  if (kind === 'block' || kind === 'unknown' || kind === 'poison') return undefined;
  const message = `only a block can be shared, this is ${what()}`;
  const out = boundByLet(span, textOf(value.span), kind === 'instance');
  return { message, span: value.span, ...out };
}

/** What may stand under `name` instead. */
const caseAdvice = (name: string): Suggestion =>
  isPascal(name)
    ? { message: `give ${name} a block or an operation, such as \`Conv(64)\` or \`relu\`` }
    : { message: `give ${name} a number, a text, true or false, or a list of these` };

/** What is wrong with `value` as the argument of `parameter` beyond its case: tensors come along arrows. */
export function tensorMistake(
  parameter: string,
  value: Value,
  span: Span,
  block?: BlockValue,
): DiagnosticParts | undefined {
  if (!holdsTensor(value)) return undefined;
  const message = `${parameter} is configuration, and a tensor comes only along an arrow`;
  if (block && block.callable.kind !== 'user') {
    const fed = `${textOf(span)} -> ${block.callable.name}(...)`;
    return {
      message,
      span,
      ...way(`feed it, with its configuration in brackets: \`${fed}\``),
    };
  }
  const out = way(
    `make it an input, in the last list of the block, and feed it: \`(x, ${parameter}) -> ...\``,
  );
  return { message, span, ...out };
}

/** The fraction that stands where a whole number is wanted (sentence 16). */
export function fractionMistake({ value, quotient }: NumberValue, span: Span): DiagnosticParts {
  if (!quotient) {
    const message = `a whole number is wanted, not ${value}`;
    const near = `${Math.floor(value)} and ${Math.ceil(value)} are whole; \`floor\` and \`ceil\` round`;
    return { message, span, ...way(near) };
  }
  const message = `a whole number is wanted, ${quotient.text} is ${value}`;
  const same = quotient.span.file === span.file && quotient.span.start === span.start;
  const related = same ? [] : [{ span: quotient.span, message: 'the division' }];
  const rounded = `floor(${textOf(quotient.span)})`;
  const out = instead(quotient.span, rounded, `round it, down by \`${rounded}\` or up by \`ceil\``);
  return { message, span, related, ...out };
}
