import type { Span } from '../../source/source.js';
import { byKind, error, type Suggestion } from './entry.js';
import { type Seen, seenAs } from './seen.js';
import { quotesOutside } from './syntax.js';
import { joinedBy, toBoolean, toList, toNumber } from './to-kind.js';
import { counted, lineOf, nearest, replace, textOf } from './words.js';

type Found = { readonly found: Seen };

/** An argument of a built-in that is not what its parameter takes. */
type Unread = Found & {
  readonly parameter: string;
  readonly callee: string;
  /** What it takes, in words: `a number from 0 to 1`. */
  readonly wants: string;
  /** The texts that it may be, in their quotes. */
  readonly options: readonly string[];
  /** Its default as it would be written. */
  readonly fallback: string | null;
  /** What it is where it is left out, in words. */
  readonly implied: string | null;
};

function unread(facts: Unread, span: Span) {
  const { parameter, callee, wants, found, options, fallback, implied } = facts;
  const what =
    found.kind === 'string' && found.text !== null ? JSON.stringify(found.text) : seenAs(found);
  const usual = implied
    ? { message: `leave it out for what it usually is: ${implied}` }
    : fallback === null
      ? { message: `give one that fits, as in \`${parameter}: 1\`` }
      : replace(span, fallback, `the usual one is \`${fallback}\``);
  return {
    message: `${parameter} of ${callee} wants ${wants}, this is ${what}`,
    suggestion: nearest(span, textOf(span), options) ?? usual,
  };
}

const wants = {
  boolean: ['true or false is wanted', toBoolean],
  list: ['a list is wanted', toList],
  whole: ['a whole number is wanted', toNumber],
} as const;

export const values = {
  NET0207: error(
    'Not a whole number',
    /** `quotient` is the division that the fraction comes from, in numbers. */
    (
      {
        value,
        quotient,
      }: {
        readonly value: number;
        readonly quotient?: { readonly text: string; readonly at: Span } | undefined;
      },
      { span },
    ) => {
      if (!quotient) {
        return {
          message: `a whole number is wanted, not ${value}`,
          suggestion: {
            message: `${Math.floor(value)} and ${Math.ceil(value)} are whole; \`floor\` and \`ceil\` round`,
          },
        };
      }
      const { at } = quotient;
      const same = at.file === span.file && at.start === span.start;
      const rounded = `floor(${textOf(at)})`;
      return {
        message: `a whole number is wanted, ${quotient.text} is ${value}`,
        related: same ? [] : [{ span: at, message: 'the division' }],
        suggestion: replace(at, rounded, `round it, down by \`${rounded}\` or up by \`ceil\``),
      };
    },
  ),
  NET0208: error(
    'Value of another kind',
    byKind({
      wanted: ({ wanted, found }: Found & { readonly wanted: keyof typeof wants }, { span }) => {
        const [what, suggestion] = wants[wanted];
        return {
          message: `${what}, this is ${seenAs(found)}`,
          suggestion: suggestion(found, span),
        };
      },
      /** A block where a value has its place. */
      block: ({ found }: Found, { span }) => ({
        message: `a value is wanted, this is ${seenAs(found)}`,
        suggestion: {
          message: `feed it, \`x -> ${textOf(span)}\`, or pass it to a parameter with a capital letter`,
        },
      }),
      function: ({ name, usage }: { readonly name: string; readonly usage: string }) => ({
        message: `the function ${name} has no value by itself; it is called, \`${name}(...)\``,
        suggestion: { message: `give it its numbers: \`${usage}\`` },
      }),
      argument: ({ callee, found }: Found & { readonly callee: string }, { span }) => ({
        message: `${callee} works on numbers, this is ${seenAs(found)}`,
        suggestion: toNumber(found, span),
      }),
      parameter: (facts: Unread, { span }) => unread(facts, span),
      /** `operand` is the side that is likely wrong; comparisons take configuration only. */
      operator: ({
        sign,
        found,
        compares,
        operand,
        isUnary,
      }: Found & {
        readonly sign: string;
        readonly compares: boolean;
        readonly operand: Span;
        readonly isUnary: boolean;
      }) => ({
        message: `${seenAs(found)} stands beside ${sign}${compares ? ', which compares configuration only' : ''}`,
        suggestion:
          isUnary || compares || found.kind === 'list'
            ? toNumber(found, operand)
            : { message: 'an operator takes numbers and tensors' },
      }),
      /** `sides` are what stands in the two lists, or the names of them. */
      lists: ({ sides }: { readonly sides: readonly string[] }, { span }) => {
        const joined = `[${sides.filter((text) => text !== '').join(', ')}]`;
        return {
          message: 'lists stand beside +, which adds numbers and tensors',
          suggestion: replace(span, joined, `one list of both is \`${joined}\``),
        };
      },
      compared: ({
        sides,
        places,
      }: {
        readonly sides: readonly [Seen, Seen];
        readonly places: readonly [Span, Span];
      }) => ({
        message: `${seenAs(sides[0])} and ${seenAs(sides[1])} are of different kinds and never equal`,
        suggestion: ofOneKind(sides, places),
      }),
      setting: (
        {
          name,
          text,
          fallback,
        }: { readonly name: string; readonly text: string; readonly fallback: string },
        { span },
      ) => ({
        message: `${name} is ${fallback} by default, this is a text`,
        suggestion: quotesOutside(span, name, text),
      }),
    }),
  ),
  NET0209: error(
    'Unknown attribute',
    /** `found` is null where nothing is evaluated yet. */
    (
      {
        name,
        found,
        attributes,
      }: {
        readonly name: string;
        readonly found: Seen | null;
        readonly attributes: readonly string[];
      },
      { span },
    ) => {
      const others = attributes.length === 0 ? 'it has none' : `only ${attributes.join(', ')}`;
      return {
        message: `${found ? `${seenAs(found)} has no` : 'no value has an'} attribute ${name}, ${others}`,
        suggestion: nearest(span, name, attributes) ?? {
          message: attributeAdvice(name, found === null || found.kind === 'tensor'),
        },
      };
    },
  ),
  NET0210: error(
    'No such entry',
    byKind({
      entry: (
        {
          index,
          length,
          list,
        }: { readonly index: number; readonly length: number; readonly list: Span },
        { span },
      ) => {
        const text = textOf(list);
        const last = length - 1;
        return {
          message: `there is no entry ${index}: the list has ${counted(length, 'entry', 'entries')}, counted from 0`,
          suggestion:
            length === 0
              ? askLength(text)
              : replace(
                  span,
                  `${last}`,
                  `the last one is \`${text}[${last}]\`, or \`${text}.last\``,
                ),
        };
      },
      attribute: ({ name, list }: { readonly name: string; readonly list: Span }) => ({
        message: `the list is empty and has no ${name}`,
        suggestion: askLength(textOf(list)),
      }),
    }),
  ),
  NET0211: error(
    'Several values',
    byKind({
      one: ({ count }: { readonly count: number }, { span }) => ({
        message: `${count} values stand where one is wanted`,
        suggestion: joinedBy(span),
      }),
      /** `from` is where the values stand. */
      names: (
        {
          names,
          values,
          from,
        }: { readonly names: readonly string[]; readonly values: number; readonly from: Span },
        { span },
      ) => ({
        message: `${counted(names.length, 'name')} for ${counted(values, 'value')}`,
        related: [{ span: from, message: `${counted(values, 'value')} here` }],
        suggestion: otherNames(names, values, from, span),
      }),
      /** Of one step of a loop that makes a list. */
      step: ({ count }: { readonly count: number }, { span }) => ({
        message: `a step gives one value to the list, not ${count}`,
        suggestion: joinedBy(span),
      }),
      states: ({
        count,
        states,
        pattern,
      }: {
        readonly count: number;
        readonly states: number;
        readonly pattern: Span;
      }) => ({
        message: `a step gives ${counted(count, 'value')} for ${counted(states, 'state')}`,
        related: [{ span: pattern, message: 'the states' }],
        suggestion: {
          message: 'end the body with one value for each state, in the order of the states',
        },
      }),
    }),
  ),
  NET0212: error(
    'Tensor in configuration',
    /** `builtin` is the operation that it may be fed to. */
    (
      { parameter, builtin }: { readonly parameter: string; readonly builtin?: string | undefined },
      { span },
    ) => ({
      message: `${parameter} is configuration, and a tensor comes only along an arrow`,
      suggestion: {
        message: builtin
          ? `feed it, with its configuration in brackets: \`${textOf(span)} -> ${builtin}(...)\``
          : `make it an input, in the last list of the block, and feed it: \`(x, ${parameter}) -> ...\``,
      },
    }),
  ),
  NET0213: error(
    'Requirement not met',
    /** `values` are the names of the condition with what they are. */
    (
      {
        requirement,
        values,
      }: {
        readonly requirement: string;
        readonly values: readonly { readonly name: string; readonly value: string }[];
      },
      { origin },
    ) => {
      const names = values.map(({ name }) => name);
      const what = names.length === 0 ? 'other arguments' : `another ${names.join(' or ')}`;
      const advice = origin
        ? `give ${what} where ${origin.block} is applied, ${lineOf(origin.site)}`
        : `give ${what}, as by --set ${names[0] ?? 'parameter'}=...`;
      return {
        message: requirement,
        label: values.map(({ name, value }) => `${name} is ${value}`).join(', '),
        suggestion: { message: advice },
      };
    },
  ),
  NET0214: error(
    'Number out of range',
    byKind({
      literal: ({ text }: { readonly text: string }) => ({
        message: `${text} is more than double precision holds`,
      }),
      least: ({ value, least }: { readonly value: number; readonly least: number }, { span }) => ({
        message: `a whole number of ${least} or more is wanted, not ${value}`,
        suggestion: atLeast(span, least),
      }),
      /** An index below 0, which other languages count from the end. */
      index: (
        {
          value,
          list,
          entry,
        }: { readonly value: number; readonly list: Span; readonly entry: Span },
        { span },
      ) => {
        const text = textOf(list);
        const place = `${text}.length - ${-value}`;
        return {
          message: `a whole number of 0 or more is wanted, not ${value}`,
          suggestion:
            value === -1
              ? replace(entry, `${text}.last`, `the last one is \`${text}.last\``)
              : replace(span, place, `entries are counted from 0: write \`${text}[${place}]\``),
        };
      },
      function: ({
        callee,
        args,
      }: {
        readonly callee: string;
        readonly args: readonly number[];
      }) => ({
        message: `${callee}(${args.join(', ')}) is no number`,
        suggestion: { message: 'give numbers for which it has a value' },
      }),
      /** `divisor` is null where it is a number in the text. */
      quotient: ({ text, divisor }: { readonly text: string; readonly divisor: Span | null }) => ({
        message: `${text} is no number`,
        suggestion: {
          message: divisor
            ? `ask first, as in \`if ${textOf(divisor)} != 0 { ... } else { ... }\``
            : 'nothing can be divided by 0: divide by another number',
        },
      }),
      parameter: (facts: Unread, { span }) => unread(facts, span),
    }),
  ),
};

const askLength = (list: string): Suggestion => ({
  message: `ask for \`${list}.length > 0\` first`,
});

/** A number in quotes is most likely the number. */
function ofOneKind(
  [a, b]: readonly [Seen, Seen],
  [left, right]: readonly [Span, Span],
): Suggestion {
  const text = [a, b].find((side) => side.kind === 'string')?.text ?? '';
  const isNumber = /^\d+(\.\d+)?$/.test(text) && (a.kind === 'number' || b.kind === 'number');
  if (!isNumber) return { message: 'compare values of one kind' };
  return replace(a.kind === 'string' ? left : right, text);
}

/** What to write where no attribute is near to what was meant. */
function attributeAdvice(name: string, mayBeTensor: boolean): string {
  if (/^(append|extend|insert|push)$/.test(name))
    return 'a list is never changed: `[...list, x]` is one with x after its entries';
  if (mayBeTensor && /^(shape|size)$/.test(name))
    return '`.channels` is the number of channels; height and width are no numbers: `(x, y) -> resizeLike` gives x those of y';
  if (mayBeTensor && /^(height|width|batch)$/.test(name))
    return 'sizes are no numbers here; `(x, y) -> resizeLike` gives x the height and width of y';
  return 'name one that it has; other values are passed as parameters';
}

/** More or fewer names than values. */
function otherNames(
  names: readonly string[],
  values: number,
  from: Span,
  pattern: Span,
): Suggestion {
  const first = names[0] ?? 'a';
  if (values === 1) return replace(pattern, first, `write one name, \`${first}\``);
  if (names.length !== 1)
    return { message: `write ${counted(values, 'name')} in the brackets; \`_\` drops a value` };
  const dropped = Array.from({ length: values - 1 }, () => '_').join(', ');
  return {
    message: `name each, \`(${first}, ${dropped})\` to keep the first, or ${joinedBy(from).message}`,
  };
}

/** A whole number below the least one that fits. */
function atLeast(span: Span, least: number): Suggestion {
  const text = textOf(span);
  return /^-?\s*[\d.]+$/.test(text)
    ? { message: `give ${least} or more` }
    : replace(
        span,
        `max(${text}, ${least})`,
        `to stop at ${least} write \`max(${text}, ${least})\``,
      );
}
