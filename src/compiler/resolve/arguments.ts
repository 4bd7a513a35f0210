import type { Code } from '../diagnostics/codes.js';
import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { Span } from '../source/source.js';
import type { Argument } from '../syntax/ast.js';
import type { Signature } from './callable.js';

export interface Match {
  readonly parameter: string;
  readonly argument: Argument;
}

type Report = (code: Code, parts: DiagnosticParts) => unknown;

/**
 * Which parameter each argument is for (sentence 3). Positions are the declaration's, whatever was given before.
 * Reports what does not fit; undefined if anything does not.
 */
export function matchArguments(
  signature: Signature,
  given: (parameter: string) => Span | undefined,
  args: readonly Argument[],
  report: Report,
): readonly Match[] | undefined {
  const { parameters } = signature;
  if (args.length > 0 && parameters.length === 0) {
    report('NET0304', { message: withoutConfiguration(signature), span: args[0].span });
    return undefined;
  }
  const matches: Match[] = [];
  const here = new Map<string, Span>();
  let named = false;
  args.forEach((argument, position) => {
    named ||= argument.name !== null;
    const parameter = argument.name?.text ?? parameters[position]?.name;
    const before = parameter && (here.get(parameter) ?? given(parameter));
    if (argument.name && !parameters.some(({ name }) => name === parameter)) {
      report('NET0201', unknownArgument(signature, argument.name));
    } else if (!argument.name && named) {
      const message = 'an argument without a name stands after one with a name';
      report('NET0203', { message, span: argument.span });
    } else if (parameter === undefined) {
      const names = parameters.map(({ name }) => name).join(', ');
      const message = `${signature.name} has no parameter ${position + 1}, only (${names})`;
      report('NET0204', { message, span: argument.span });
    } else if (before) {
      report('NET0202', {
        message: `${parameter} is given twice`,
        span: argument.span,
        related: [{ span: before, message: `the first ${parameter}` }],
      });
    } else {
      here.set(parameter, argument.span);
      matches.push({ parameter, argument });
    }
  });
  return matches.length === args.length ? matches : undefined;
}

function withoutConfiguration({ name, onlyInputs }: Signature): string {
  return onlyInputs
    ? `${name} has no configuration; its only list, (${onlyInputs.join(', ')}), is its inputs`
    : `${name} has no configuration; tensors come along an arrow, \`x -> ${name}\``;
}

function unknownArgument(
  { name, parameters }: Signature,
  written: { readonly text: string; readonly span: Span },
): DiagnosticParts {
  const names = parameters.map((parameter) => parameter.name);
  const meant = didYouMean(written.text, names);
  return {
    message: `${name} has no parameter ${written.text}, only (${names.join(', ')})`,
    span: written.span,
    ...(meant && {
      suggestion: {
        message: `did you mean ${meant}?`,
        edits: [{ span: written.span, text: meant }],
      },
    }),
  };
}
