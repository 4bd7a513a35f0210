import { type Span, textOf } from '../../source/source.js';
import { type Advice, error, errorByKind } from './entry.js';
import { foreignArgument } from './foreign.js';
import { before, counted, insert, meantBy, nearest, replace } from './words.js';

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
  NET0201: errorByKind('Unknown argument', {
    block: ({ callee, parameters }: Parameters, { span }) => {
      const text = textOf(span);
      const foreign = foreignArgument(text, parameters);
      return {
        message: `${callee} has no parameter ${text}, only (${parameters.join(', ')})`,
        suggestion:
          foreign && 'advice' in foreign
            ? foreign.advice
            : foreign
              ? meantBy(span, foreign.name)
              : (nearest(span, text, parameters) ?? `name one of them, or leave ${text} out`),
      };
    },
    function: ({ callee, value }: { callee: string; value: Span }, { span }) => ({
      message: `the arguments of ${callee} have no names`,
      suggestion: replace(span, textOf(value)),
    }),
  }),
  NET0202: error('Argument given twice', (facts: Twice, { span }) => ({
    message: `${facts.parameter} is given twice`,
    ...(facts.isEarlierCall && {
      label: `this reads ${facts.callee}(${textOf(facts.first)})(${textOf(span)})`,
    }),
    related: [{ span: facts.first, message: `the first ${facts.parameter}` }],
    ...givenTwice(facts, span),
  })),
  NET0203: error('Position after a name', ({ free }: { free: string | null }, { span }) => ({
    message: 'an argument without a name stands after one with a name',
    suggestion:
      free === null
        ? 'leave it out: every parameter has its argument'
        : insert(span, `${free}: `, `name it too: \`${free}: ${textOf(span)}\``),
  })),
  NET0204: errorByKind('Too many arguments', {
    /** `previous` is the argument before it. */
    block: ({ callee, parameters, previous }: Parameters & { previous: Span }, { span }) => ({
      message: `${callee} takes ${counted(parameters.length, 'argument')}, (${parameters.join(', ')}), and this is one more`,
      suggestion: replace({ ...span, start: previous.end }, '', `leave \`${textOf(span)}\` out`),
    }),
    /** `most` is null where there may be any number. */
    function: (f: {
      callee: string;
      usage: string;
      least: number;
      most: number | null;
      given: number;
    }) => {
      const more = f.most === null ? ' or more' : ` to ${f.most}`;
      return {
        message: `${f.callee} takes ${f.least}${f.least === f.most ? '' : more} numbers, not ${f.given}`,
        suggestion: `write \`${f.usage}\``,
      };
    },
  }),
  /** The parameter at `span`, with the comma before it, would stand before `optional`. */
  NET0205: error(
    'Required after optional',
    (f: { name: string; optional: string; optionalAt: Span; item: Span }) => ({
      message: `${f.name} has no default and stands after ${f.optional}, which has one`,
      related: [{ span: f.optionalAt, message: 'it may be left out' }],
      suggestion: {
        message: `put ${f.name} before ${f.optional}, or give it a default`,
        edits: [
          { span: before(f.optionalAt), text: `${f.name}, ` },
          { span: f.item, text: '' },
        ],
      },
    }),
  ),
  NET0206: errorByKind('Missing argument', {
    /** `applied` is the block or the shared instance in the text, with its arguments; `declared` a parameter in a text. */
    block: (f: {
      parameter: string;
      callee: string;
      applied: string;
      given: readonly string[];
      isShared: boolean;
      declared?: Span | undefined;
    }) => ({
      message: `${f.parameter} of ${f.callee} has no argument`,
      ...(f.declared && { related: [{ span: f.declared, message: 'it has no default' }] }),
      suggestion: {
        message: f.isShared
          ? `pass it where ${f.applied} is shared: \`${f.callee}(${f.parameter}: ...)\``
          : `pass it: \`${f.applied}(${[...f.given, `${f.parameter}: ...`].join(', ')})\``,
      },
    }),
    /** `model` is the chosen one, `base` the one with the parameter. */
    model: ({ parameter, model, base }: { parameter: string; model: string; base: string }) => ({
      message: `${parameter} of ${model} has no argument`,
      suggestion: {
        message: `pass it, \`--set ${parameter}=...\` or \`model V = ${base}(${parameter}: ...)\`, or give it a default`,
      },
    }),
  }),
};

type Ways = { readonly suggestion: Advice; readonly otherReading?: Advice };

function givenTwice(facts: Twice, span: Span): Ways {
  const { callee, parameter, first, free } = facts;
  if (facts.isNamed || !facts.isEarlierCall) return { suggestion: 'keep one of the two' };
  if (first.file.path !== span.file.path) return { suggestion: passedOn(facts, span) };
  if (!free) return { suggestion: 'leave this one out, or change the first' };
  const text = textOf(span);
  const byName = `for ${free} write \`${free}: ${text}\``;
  if (facts.isName) {
    const fed = `${text} -> ${callee}(${textOf(first)})`;
    return {
      suggestion: `a tensor is fed: \`${fed}\``,
      otherReading: byName,
    };
  }
  const positions = `positions count from the first parameter each time; ${byName}`;
  return {
    suggestion: insert(span, `${free}: `, positions),
    otherReading: `for another ${parameter} write ${text} where the first one stands`,
  };
}

/** A block that another file applies by position: what it gives comes first in the declaration. */
function passedOn({ callee, parameters, parameter, first }: Twice, { file }: Span): Advice {
  const own = parameters.find((each) => each.required && each.name !== parameter)?.name;
  const given = textOf(first).replace(/^\w+\s*:\s*/, '');
  if (!own) return `leave \`${given}\` out: ${file.path} gives ${parameter} itself`;
  const others = parameters.filter((each) => each.name !== own).map((each) => each.name);
  return {
    message: `${file.path} gives the first parameter by position: declare \`${callee}(${[own, ...others].join(', ')})\`, and pass \`${callee}(${parameter}: ${given})\``,
  };
}
