import type { Span } from '../../source/source.js';
import { byKind, error, type Suggestion } from './entry.js';
import { foreignArgument } from './foreign.js';
import { before, counted, insert, meantBy, nearest, replace, textOf } from './words.js';

type Parameters = { readonly callee: string; readonly parameters: readonly string[] };

type Twice = {
  readonly callee: string;
  readonly parameter: string;
  readonly first: Span;
  /** Whether the first stands in a call before this one: `B(64)(32)`. */
  readonly isEarlierCall: boolean;
  readonly isNamed: boolean;
  /** Whether the argument is a name alone, which may be that of a tensor. */
  readonly isName: boolean;
  readonly parameters: readonly { readonly name: string; readonly required?: boolean }[];
  /** The first parameter without an argument. */
  readonly free: string | null;
};

/** `arguments` is no name for a value in strict code. */
export const argumentsOfBlocks = {
  NET0201: error(
    'Unknown argument',
    byKind({
      block: ({ callee, parameters }: Parameters, { span }) => {
        const text = textOf(span);
        const foreign = foreignArgument(text, parameters);
        return {
          message: `${callee} has no parameter ${text}, only (${parameters.join(', ')})`,
          suggestion:
            foreign && 'advice' in foreign
              ? { message: foreign.advice }
              : foreign
                ? meantBy(span, foreign.name)
                : (nearest(span, text, parameters) ?? {
                    message: `name one of them, or leave ${text} out`,
                  }),
        };
      },
      function: (
        { callee, value }: { readonly callee: string; readonly value: Span },
        { span },
      ) => ({
        message: `the arguments of ${callee} have no names`,
        suggestion: replace(span, textOf(value)),
      }),
    }),
  ),
  NET0202: error('Argument given twice', (facts: Twice, { span }) => ({
    message: `${facts.parameter} is given twice`,
    ...(facts.isEarlierCall && {
      label: `this reads ${facts.callee}(${textOf(facts.first)})(${textOf(span)})`,
    }),
    related: [{ span: facts.first, message: `the first ${facts.parameter}` }],
    ...givenTwice(facts, span),
  })),
  NET0203: error(
    'Position after a name',
    ({ free }: { readonly free: string | null }, { span }) => ({
      message: 'an argument without a name stands after one with a name',
      suggestion:
        free === null
          ? { message: 'leave it out: every parameter has its argument' }
          : insert(span, `${free}: `, `name it too: \`${free}: ${textOf(span)}\``),
    }),
  ),
  NET0204: error(
    'Too many arguments',
    byKind({
      /** `previous` is the argument before it. */
      block: (
        { callee, parameters, previous }: Parameters & { readonly previous: Span },
        { span },
      ) => ({
        message: `${callee} takes ${counted(parameters.length, 'argument')}, (${parameters.join(', ')}), and this is one more`,
        suggestion: replace({ ...span, start: previous.end }, '', `leave \`${textOf(span)}\` out`),
      }),
      /** `most` is null where there may be any number. */
      function: ({
        callee,
        usage,
        least,
        most,
        given,
      }: {
        readonly callee: string;
        readonly usage: string;
        readonly least: number;
        readonly most: number | null;
        readonly given: number;
      }) => {
        const more = most === null ? ' or more' : ` to ${most}`;
        return {
          message: `${callee} takes ${least}${least === most ? '' : more} numbers, not ${given}`,
          suggestion: { message: `write \`${usage}\`` },
        };
      },
    }),
  ),
  NET0205: error(
    'Required after optional',
    /** The parameter at `span`, with the comma before it, would stand before `optional`. */
    ({
      name,
      optional,
      optionalAt,
      item,
    }: {
      readonly name: string;
      readonly optional: string;
      readonly optionalAt: Span;
      readonly item: Span;
    }) => ({
      message: `${name} has no default and stands after ${optional}, which has one`,
      related: [{ span: optionalAt, message: 'it may be left out' }],
      suggestion: {
        message: `put ${name} before ${optional}, or give it a default`,
        edits: [
          { span: before(optionalAt), text: `${name}, ` },
          { span: item, text: '' },
        ],
      },
    }),
  ),
  NET0206: error(
    'Missing argument',
    byKind({
      /** `applied` is the block or the shared instance in the text, with its arguments; `declared` a parameter in a text. */
      block: ({
        parameter,
        callee,
        applied,
        given,
        isShared,
        declared,
      }: {
        readonly parameter: string;
        readonly callee: string;
        readonly applied: string;
        readonly given: readonly string[];
        readonly isShared: boolean;
        readonly declared?: Span | undefined;
      }) => ({
        message: `${parameter} of ${callee} has no argument`,
        ...(declared && { related: [{ span: declared, message: 'it has no default' }] }),
        suggestion: {
          message: isShared
            ? `pass it where ${applied} is shared: \`${callee}(${parameter}: ...)\``
            : `pass it: \`${applied}(${[...given, `${parameter}: ...`].join(', ')})\``,
        },
      }),
      /** `model` is the chosen one, `base` the one with the parameter. */
      model: ({
        parameter,
        model,
        base,
      }: {
        readonly parameter: string;
        readonly model: string;
        readonly base: string;
      }) => ({
        message: `${parameter} of ${model} has no argument`,
        suggestion: {
          message: `pass it, \`--set ${parameter}=...\` or \`model V = ${base}(${parameter}: ...)\`, or give it a default`,
        },
      }),
    }),
  ),
};

type Ways = { readonly suggestion: Suggestion; readonly otherReading?: Suggestion };

function givenTwice(facts: Twice, span: Span): Ways {
  const { callee, parameter, first, free } = facts;
  if (facts.isNamed || !facts.isEarlierCall)
    return { suggestion: { message: 'keep one of the two' } };
  if (first.file.path !== span.file.path) return { suggestion: passedOn(facts, span) };
  if (!free) return { suggestion: { message: 'leave this one out, or change the first' } };
  const text = textOf(span);
  const byName = `for ${free} write \`${free}: ${text}\``;
  if (facts.isName) {
    const fed = `${text} -> ${callee}(${textOf(first)})`;
    return {
      suggestion: { message: `a tensor is fed: \`${fed}\`` },
      otherReading: { message: byName },
    };
  }
  const positions = `positions count from the first parameter each time; ${byName}`;
  return {
    suggestion: insert(span, `${free}: `, positions),
    otherReading: { message: `for another ${parameter} write ${text} where the first one stands` },
  };
}

/** A block that another file applies by position: what it gives comes first in the declaration. */
function passedOn({ callee, parameters, parameter, first }: Twice, { file }: Span): Suggestion {
  const own = parameters.find((each) => each.required && each.name !== parameter)?.name;
  const given = textOf(first).replace(/^\w+\s*:\s*/, '');
  if (!own) return { message: `leave \`${given}\` out: ${file.path} gives ${parameter} itself` };
  const others = parameters.filter((each) => each.name !== own).map((each) => each.name);
  return {
    message: `${file.path} gives the first parameter by position: declare \`${callee}(${[own, ...others].join(', ')})\`, and pass \`${callee}(${parameter}: ${given})\``,
  };
}
