import { type Span, textOf } from '../../source/source.js';
import { type Advice, error, errorByKind } from './entry.js';
import { type Seen, seenAs } from './seen.js';
import { type Unread, unread } from './unread.js';
import { counted, lineOf, nearest, replace } from './words.js';

export const values = {
  /** `quotient` is the division that the fraction comes from, in numbers. */
  NET0207: error(
    'Not a whole number',
    (f: { value: number; quotient?: { text: string; at: Span } | undefined }, { span }) => {
      if (!f.quotient) {
        return {
          message: `a whole number is wanted, not ${f.value}`,
          suggestion: `${Math.floor(f.value)} and ${Math.ceil(f.value)} are whole; \`floor\` and \`ceil\` round`,
        };
      }
      const { at } = f.quotient;
      const same = at.file === span.file && at.start === span.start;
      const rounded = `floor(${textOf(at)})`;
      return {
        message: `a whole number is wanted, ${f.quotient.text} is ${f.value}`,
        related: same ? [] : [{ span: at, message: 'the division' }],
        suggestion: replace(at, rounded, `round it, down by \`${rounded}\` or up by \`ceil\``),
      };
    },
  ),
  /** `found` is null where nothing is evaluated yet. */
  NET0209: error(
    'Unknown attribute',
    (f: { name: string; found: Seen | null; attributes: readonly string[] }, { span }) => {
      const others = f.attributes.length === 0 ? 'it has none' : `only ${f.attributes.join(', ')}`;
      return {
        message: `${f.found ? `${seenAs(f.found)} has no` : 'no value has an'} attribute ${f.name}, ${others}`,
        suggestion:
          nearest(span, f.name, f.attributes) ??
          attributeAdvice(f.name, f.found === null || f.found.kind === 'tensor'),
      };
    },
  ),
  NET0210: errorByKind('No such entry', {
    entry: ({ index, length, list }: { index: number; length: number; list: Span }, { span }) => {
      const text = textOf(list);
      const last = length - 1;
      return {
        message: `there is no entry ${index}: the list has ${counted(length, 'entry', 'entries')}, counted from 0`,
        suggestion:
          length === 0
            ? askLength(text)
            : replace(span, `${last}`, `the last one is \`${text}[${last}]\`, or \`${text}.last\``),
      };
    },
    attribute: ({ name, list }: { name: string; list: Span }) => ({
      message: `the list is empty and has no ${name}`,
      suggestion: askLength(textOf(list)),
    }),
  }),
  /** `builtin` is the operation that it may be fed to. */
  NET0212: error(
    'Tensor in configuration',
    ({ parameter, builtin }: { parameter: string; builtin?: string | undefined }, { span }) => ({
      message: `${parameter} is configuration, and a tensor comes only along an arrow`,
      suggestion: {
        message: builtin
          ? `feed it, with its configuration in brackets: \`${textOf(span)} -> ${builtin}(...)\``
          : `make it an input, in the last list of the block, and feed it: \`(x, ${parameter}) -> ...\``,
      },
    }),
  ),
  /** `values` are the names of the condition with what they are. */
  NET0213: error(
    'Requirement not met',
    (
      f: { requirement: string; values: readonly { name: string; value: string }[] },
      { origin },
    ) => {
      const names = f.values.map(({ name }) => name);
      const what = names.length === 0 ? 'other arguments' : `another ${names.join(' or ')}`;
      const advice = origin
        ? `give ${what} where ${origin.block} is applied, ${lineOf(origin.site)}`
        : `give ${what}, as by --set ${names[0] ?? 'parameter'}=...`;
      return {
        message: f.requirement,
        label: f.values.map(({ name, value }) => `${name} is ${value}`).join(', '),
        suggestion: advice,
      };
    },
  ),
  NET0214: errorByKind('Number out of range', {
    literal: ({ text }: { text: string }) => ({
      message: `${text} is more than double precision holds`,
    }),
    least: ({ value, least }: { value: number; least: number }, { span }) => ({
      message: `a whole number of ${least} or more is wanted, not ${value}`,
      suggestion: atLeast(span, least),
    }),
    /** An index below 0, which other languages count from the end. */
    index: ({ value, list, entry }: { value: number; list: Span; entry: Span }, { span }) => {
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
    function: ({ callee, args }: { callee: string; args: readonly number[] }) => ({
      message: `${callee}(${args.join(', ')}) is no number`,
      suggestion: 'give numbers for which it has a value',
    }),
    /** `divisor` is null where it is a number in the text. */
    quotient: ({ text, divisor }: { text: string; divisor: Span | null }) => ({
      message: `${text} is no number`,
      suggestion: {
        message: divisor
          ? `ask first, as in \`if ${textOf(divisor)} != 0 { ... } else { ... }\``
          : 'nothing can be divided by 0: divide by another number',
      },
    }),
    parameter: (facts: Unread, { span }) => unread(facts, span),
  }),
};

const askLength = (list: string): Advice => ({
  message: `ask for \`${list}.length > 0\` first`,
});

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

/** A whole number below the least one that fits. */
function atLeast(span: Span, least: number): Advice {
  const text = textOf(span);
  return /^-?\s*[\d.]+$/.test(text)
    ? `give ${least} or more`
    : replace(
        span,
        `max(${text}, ${least})`,
        `to stop at ${least} write \`max(${text}, ${least})\``,
      );
}
