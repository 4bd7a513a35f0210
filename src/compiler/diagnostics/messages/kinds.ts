import type { Span } from '../../source/source.js';
import { byKind, error, type Suggestion } from './entry.js';
import { type Seen, seenAs } from './seen.js';
import { quotesOutside } from './text.js';
import { joinedBy, toBoolean, toList, toNumber } from './to-kind.js';
import { type Unread, unread } from './unread.js';
import { counted, replace, textOf } from './words.js';

type Found = { readonly found: Seen };

const wants = {
  boolean: ['true or false is wanted', toBoolean],
  list: ['a list is wanted', toList],
  number: ['a whole number is wanted', toNumber],
} as const;

/** Values of another kind, or another number of them, than has a place. */
export const kinds = {
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
};

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
