import type { Code } from '../diagnostics/codes.js';
import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import { insteadOfArgument } from '../diagnostics/foreign.js';
import { instead, meantOr, prefixed, textOf, way } from '../expand/ways-out.js';
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
    report('NET0304', withoutConfiguration(signature, args));
    return undefined;
  }
  const matches: Match[] = [];
  const here = new Map<string, Span>();
  const free = (): string | undefined =>
    parameters.find(
      ({ name }) => !here.has(name) && !given(name) && !args.some((a) => a.name?.text === name),
    )?.name;
  let named = false;
  args.forEach((argument, position) => {
    named ||= argument.name !== null;
    const parameter = argument.name?.text ?? parameters[position]?.name;
    const earlier = parameter && given(parameter);
    const before = parameter && (here.get(parameter) ?? earlier);
    if (argument.name && !parameters.some(({ name }) => name === parameter)) {
      report('NET0201', unknownArgument(signature, argument.name));
    } else if (!argument.name && named) {
      report('NET0203', unnamed(argument, free()));
    } else if (parameter === undefined) {
      report('NET0204', tooMany(signature, args, position));
    } else if (before) {
      const reading = earlier && `${signature.name}(${textOf(before)})(${textOf(argument.span)})`;
      report('NET0202', givenTwice(signature, parameter, argument, before, reading, free()));
    } else {
      here.set(parameter, argument.span);
      matches.push({ parameter, argument });
    }
  });
  return matches.length === args.length ? matches : undefined;
}

const namesOf = ({ parameters }: Signature): readonly string[] =>
  parameters.map(({ name }) => name);

/** A list of inputs that was meant as configuration, or the other way round. */
function withoutConfiguration(
  { name, onlyInputs }: Signature,
  args: readonly Argument[],
): DiagnosticParts {
  const { span } = args[0];
  const given = tensorsIn(args);
  if (!onlyInputs) {
    const message = `${name} has no configuration; tensors come along an arrow, \`x -> ${name}\``;
    const how = given ? 'feed it along an arrow' : 'leave the brackets out';
    return { message, span, ...way(`${how}: \`${given ?? 'x'} -> ${name}\``) };
  }
  const inputs = onlyInputs.join(', ');
  const fits = given !== undefined && args.length === onlyInputs.length;
  const fed = fits ? given : onlyInputs.length === 1 ? 'x' : `(${inputs})`;
  return {
    message: `${name} has no configuration; its only list, (${inputs}), is its inputs`,
    span,
    ...way(`for an input, feed it along an arrow: \`${fed} -> ${name}\``),
    otherReading: {
      message: `for configuration, give ${name} a second list, of its inputs: \`block ${name}(${inputs}) (x)\``,
    },
  };
}

/** What may be tensors that were passed as to a function, as an arrow would bring them. */
function tensorsIn(args: readonly Argument[]): string | undefined {
  const mayBe = ({ name, value }: Argument): boolean =>
    !name && ['name', 'list', 'arrow', 'entry', 'bracket'].includes(value.kind);
  if (!args.every(mayBe)) return undefined;
  const texts = args.map(({ span }) => textOf(span));
  return texts.length === 1 ? texts[0] : `(${texts.join(', ')})`;
}

/** Twice in one call; or in a second call, where `reading` shows both. */
function givenTwice(
  signature: Signature,
  parameter: string,
  argument: Argument,
  before: Span,
  reading: string | undefined,
  free: string | undefined,
): DiagnosticParts {
  const parts = {
    message: `${parameter} is given twice`,
    span: argument.span,
    ...(reading && { label: `this reads ${reading}` }),
    related: [{ span: before, message: `the first ${parameter}` }],
  };
  if (argument.name || !reading) return { ...parts, ...way('keep one of the two') };
  if (before.file.path !== argument.span.file.path) {
    return { ...parts, ...passedOn(signature, parameter, argument, before) };
  }
  if (!free) return { ...parts, ...way('leave this one out, or change the first') };
  const text = textOf(argument.span);
  const byName = `for ${free} write \`${free}: ${text}\``;
  if (argument.value.kind === 'name') {
    const fed = `${text} -> ${reading.slice(0, reading.lastIndexOf('('))}`;
    return { ...parts, ...way(`a tensor is fed: \`${fed}\``), otherReading: { message: byName } };
  }
  return {
    ...parts,
    ...prefixed(
      argument.span,
      `${free}: `,
      `positions count from the first parameter each time; ${byName}`,
    ),
    otherReading: { message: `for another ${parameter} write ${text} where the first one stands` },
  };
}

/** A block that another file applies by position: what it gives comes first in the declaration. */
function passedOn(
  { name, parameters }: Signature,
  parameter: string,
  { span }: Argument,
  before: Span,
) {
  const there = span.file.path;
  const own = parameters.find((each) => each.required && each.name !== parameter)?.name;
  const given = textOf(before).replace(/^\w+\s*:\s*/, '');
  if (!own) return way(`leave \`${given}\` out: ${there} gives ${parameter} itself`);
  const others = parameters.filter((each) => each.name !== own).map((each) => each.name);
  return way(
    `${there} gives the first parameter by position: declare \`${name}(${[own, ...others].join(', ')})\`, and pass \`${name}(${parameter}: ${given})\``,
  );
}

function unnamed({ span }: Argument, free: string | undefined): DiagnosticParts {
  const message = 'an argument without a name stands after one with a name';
  if (!free) return { message, span, ...way('leave it out: every parameter has its argument') };
  const named = `${free}: ${textOf(span)}`;
  return { message, span, ...prefixed(span, `${free}: `, `name it too: \`${named}\``) };
}

function tooMany(
  signature: Signature,
  args: readonly Argument[],
  position: number,
): DiagnosticParts {
  const { span } = args[position];
  const gap = { ...span, start: args[position - 1].span.end };
  const names = namesOf(signature);
  const number = `${names.length} ${names.length === 1 ? 'argument' : 'arguments'}`;
  return {
    message: `${signature.name} takes ${number}, (${names.join(', ')}), and this is one more`,
    span,
    suggestion: {
      message: `leave \`${textOf(span)}\` out`,
      edits: [{ span: gap, text: '' }],
    },
  };
}

function unknownArgument(
  signature: Signature,
  { text, span }: { readonly text: string; readonly span: Span },
): DiagnosticParts {
  const names = namesOf(signature);
  const message = `${signature.name} has no parameter ${text}, only (${names.join(', ')})`;
  const foreign = insteadOfArgument(text, names);
  if (foreign && 'advice' in foreign) return { message, span, ...way(foreign.advice) };
  if (foreign)
    return { message, span, ...instead(span, foreign.name, `did you mean ${foreign.name}?`) };
  const otherwise = `name one of them, or leave ${text} out`;
  return { message, span, ...meantOr(span, text, names, otherwise) };
}
