import { type Span, textOf } from '../../source/source.js';
import { type Advice, adviceWords, errorByKind } from './entry.js';

import { type Seen, seenAs } from './seen.js';
import { quotesOutside } from './text.js';
import { joinedBy, toBoolean, toList, toNumber } from './to-kind.js';
import { type Unread, unread } from './unread.js';
import { counted, replace } from './words.js';

type Found = { readonly found: Seen };

const wants = {
  boolean: ['true or false is wanted', toBoolean],
  list: ['a list is wanted', toList],
  number: ['a whole number is wanted', toNumber],
} as const;

/** Values of another kind, or another number of them, than has a place. */
export const kinds = {
  NET0208: errorByKind('Value of another kind', {
    wanted: ({ wanted, found }: Found & { wanted: keyof typeof wants }, { span }) => {
      const [what, suggestion] = wants[wanted];
      return {
        message: `${what}, this is ${seenAs(found)}`,
        suggestion: suggestion(found, span),
      };
    },
    /** A block where a value has its place. */
    block: ({ found }: Found, { span }) => ({
      message: `a value is wanted, this is ${seenAs(found)}`,
      suggestion: `feed it, \`x -> ${textOf(span)}\`, or pass it to a parameter with a capital letter`,
    }),
    function: ({ name, usage }: { name: string; usage: string }) => ({
      message: `the function ${name} has no value by itself; it is called, \`${name}(...)\``,
      suggestion: `give it its numbers: \`${usage}\``,
    }),
    argument: ({ callee, found }: Found & { callee: string }, { span }) => ({
      message: `${callee} works on numbers, this is ${seenAs(found)}`,
      suggestion: toNumber(found, span),
    }),
    parameter: (facts: Unread, { span }) => unread(facts, span),
    /** `operand` is the side that is likely wrong; comparisons take configuration only. */
    operator: (
      f: Found & { sign: string; compares: boolean; operand: Span; isUnary: boolean },
    ) => ({
      message: `${seenAs(f.found)} stands beside ${f.sign}${f.compares ? ', which compares configuration only' : ''}`,
      suggestion:
        f.isUnary || f.compares || f.found.kind === 'list'
          ? toNumber(f.found, f.operand)
          : 'an operator takes numbers and tensors',
    }),
    /** `sides` are what stands in the two lists, or the names of them. */
    lists: ({ sides }: { sides: readonly string[] }, { span }) => {
      const joined = `[${sides.filter((text) => text !== '').join(', ')}]`;
      return {
        message: 'lists stand beside +, which adds numbers and tensors',
        suggestion: replace(span, joined, `one list of both is \`${joined}\``),
      };
    },
    compared: (f: { sides: readonly [Seen, Seen]; places: readonly [Span, Span] }) => ({
      message: `${seenAs(f.sides[0])} and ${seenAs(f.sides[1])} are of different kinds and never equal`,
      suggestion: ofOneKind(f.sides, f.places),
    }),
    setting: (
      { name, text, fallback }: { name: string; text: string; fallback: string },
      { span },
    ) => ({
      message: `${name} is ${fallback} by default, this is a text`,
      suggestion: quotesOutside(span, name, text),
    }),
  }),
  NET0211: errorByKind('Several values', {
    one: ({ count }: { count: number }, { span }) => ({
      message: `${count} values stand where one is wanted`,
      suggestion: joinedBy(span),
    }),
    /** `from` is where the values stand. */
    names: (
      { names, values, from }: { names: readonly string[]; values: number; from: Span },
      { span },
    ) => ({
      message: `${counted(names.length, 'name')} for ${counted(values, 'value')}`,
      related: [{ span: from, message: `${counted(values, 'value')} here` }],
      suggestion: otherNames(names, values, from, span),
    }),
    /** Of one step of a loop that makes a list. */
    step: ({ count }: { count: number }, { span }) => ({
      message: `a step gives one value to the list, not ${count}`,
      suggestion: joinedBy(span),
    }),
    states: ({ count, states, pattern }: { count: number; states: number; pattern: Span }) => ({
      message: `a step gives ${counted(count, 'value')} for ${counted(states, 'state')}`,
      related: [{ span: pattern, message: 'the states' }],
      suggestion: 'end the body with one value for each state, in the order of the states',
    }),
  }),
};

/** A number in quotes is most likely the number. */
function ofOneKind([a, b]: readonly [Seen, Seen], [left, right]: readonly [Span, Span]): Advice {
  const text = [a, b].find((side) => side.kind === 'string')?.text ?? '';
  const isNumber = /^\d+(\.\d+)?$/.test(text) && (a.kind === 'number' || b.kind === 'number');
  if (!isNumber) return 'compare values of one kind';
  return replace(a.kind === 'string' ? left : right, text);
}

/** More or fewer names than values. */
function otherNames(names: readonly string[], values: number, from: Span, pattern: Span): Advice {
  const first = names[0] ?? 'a';
  if (values === 1) return replace(pattern, first, `write one name, \`${first}\``);
  if (names.length !== 1)
    return `write ${counted(values, 'name')} in the brackets; \`_\` drops a value`;
  const dropped = Array.from({ length: values - 1 }, () => '_').join(', ');
  return `name each, \`(${first}, ${dropped})\` to keep the first, or ${adviceWords(joinedBy(from))}`;
}
