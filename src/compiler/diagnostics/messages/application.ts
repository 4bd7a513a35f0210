import { type Span, textOf } from '../../source/source.js';
import { error, errorByKind } from './entry.js';
import { type Seen, seenAs } from './seen.js';
import { toTensor } from './to-kind.js';
import { counted, replace } from './words.js';

type Found = { readonly found: Seen };

export const application = {
  NET0301: errorByKind('Nothing to apply', {
    arrow: ({ name, found }: Found & { name: string }) => ({
      message: `${name} is ${seenAs(found)}; an arrow feeds a block or an operation`,
      suggestion: feeding(name, found),
    }),
    call: ({ found }: Found) => ({
      message: `${seenAs(found)} takes no arguments; only a block or an operation does`,
      suggestion: 'leave the brackets out',
    }),
  }),
  NET0302: error(
    'Number of inputs',
    ({
      callee,
      inputs,
      given,
      declared,
    }: {
      readonly callee: string;
      readonly inputs: readonly string[];
      readonly given: number;
      /** The inputs in the text of the block. */
      readonly declared?: Span | undefined;
    }) => {
      const list = `(${inputs.join(', ')})`;
      const join = given > inputs.length && inputs.length === 1;
      const fed = inputs.length === 1 ? inputs[0] : list;
      return {
        message: `${callee} has ${counted(inputs.length, 'input')}, ${list}; the arrow brings ${counted(given, 'value')}`,
        related: declared ? [{ span: declared, message: `the inputs of ${callee}` }] : [],
        suggestion: join
          ? `join them first, \`-> concat -> ${callee}\`, or feed each by an arrow of its own`
          : `feed ${inputs.length} in this order: \`${fed} -> ${callee}\``,
      };
    },
  ),
  NET0303: errorByKind('Input of another kind', {
    arrow: ({ found }: Found, { span }) => ({
      message: `an arrow carries tensors and lists of tensors, this is ${seenAs(found)}`,
      suggestion: toTensor(found, textOf(span)),
    }),
    builtin: ({ callee, found }: Found & { callee: string }) => ({
      message: `${callee} wants a tensor, this is ${seenAs(found)}`,
      suggestion:
        found.kind === 'list'
          ? `join the list first, \`-> concat -> ${callee}\`, or feed each: \`for t in list { t -> ${callee} }\``
          : toTensor(found, 'it'),
    }),
    empty: ({ callee }: { callee: string }) => ({
      message: `${callee} wants a tensor, the list is empty`,
      suggestion: 'give the list one tensor or more',
    }),
  }),
  /** `onlyInputs` are those of a block whose one list they are; `fed` the arguments, where they may be tensors. */
  NET0304: error(
    'No configuration',
    (f: {
      callee: string;
      onlyInputs?: readonly string[] | undefined;
      given: number;
      fed?: string | undefined;
    }) => {
      if (!f.onlyInputs) {
        return {
          message: `${f.callee} has no configuration; tensors come along an arrow, \`x -> ${f.callee}\``,
          suggestion: `${f.fed ? 'feed it along an arrow' : 'leave the brackets out'}: \`${f.fed ?? 'x'} -> ${f.callee}\``,
        };
      }
      const inputs = f.onlyInputs.join(', ');
      const usual = f.onlyInputs.length === 1 ? 'x' : `(${inputs})`;
      const source = (f.given === f.onlyInputs.length && f.fed) || usual;
      return {
        message: `${f.callee} has no configuration; its only list, (${inputs}), is its inputs`,
        suggestion: `for an input, feed it along an arrow: \`${source} -> ${f.callee}\``,
        otherReading: `for configuration, give ${f.callee} a second list, of its inputs: \`block ${f.callee}(${inputs}) (x)\``,
      };
    },
  ),
  NET0305: error('Configured instance', ({ name }: { name: string }, { span }) => ({
    message: `${name} is shared: it takes neither arguments nor a name by \`as\``,
    suggestion: replace(span, name, `write only \`-> ${name}\``),
    otherReading: `for weights of its own, apply the block and not ${name}`,
  })),
  NET0306: error(
    'Shared weight of another shape',
    (f: {
      weight: string;
      callee: string;
      there: string;
      here: string;
      first?: Span | undefined;
    }) => ({
      message: `${f.weight} is shared and has the shape ${f.there}; this use needs ${f.here}`,
      related: f.first ? [{ span: f.first, message: `made here as ${f.there}` }] : [],
      suggestion: {
        message: `feed it as many channels as before, or share another for this size: \`shared another = ${f.callee}(...)\``,
      },
    }),
  ),
  /** `line` is all of the `shared` line. */
  NET0309: error('Nothing to share', ({ found, line }: Found & { line: Span }, { span }) => ({
    message: `only a block can be shared, this is ${seenAs(found)}`,
    suggestion:
      found.kind === 'instance'
        ? `${textOf(span)} is shared already: apply it, \`-> ${textOf(span)}\`, wherever its weights are wanted`
        : replace(
            { ...line, end: line.start + 'shared'.length },
            'let',
            'bind it by `let`; only a block has weights to share',
          ),
  })),
  NET0310: errorByKind('Result that is no tensor', {
    block: ({ callee, found }: Found & { callee: string }, { span }) => ({
      message: `${callee} gives ${seenAs(found)}, where a tensor or a list of tensors is wanted`,
      suggestion: ['block', 'operation', 'instance'].includes(found.kind)
        ? toTensor(found, textOf(span))
        : 'end the body with a tensor; its inputs and parameters give numbers where they are used',
    }),
    output: ({ found, isInList }: Found & { isInList: boolean }, { span }) => ({
      message: `an output is a tensor or a list of tensors, this is ${seenAs(found)}`,
      suggestion: isInList
        ? 'leave out of the list what is no tensor'
        : toTensor(found, textOf(span)),
    }),
  }),
};

/** How what is no block meets a tensor. */
function feeding(name: string, { kind }: Seen): string {
  switch (kind) {
    case 'function':
      return `call it on numbers, as in \`${name}(5 / 2)\``;
    case 'tensor':
      return `tensors meet by an operator, \`x + ${name}\`, or along one arrow, \`(x, ${name}) -> concat\``;
    case 'number':
      return `a number meets a tensor by an operator, as in \`x * ${name}\``;
    case 'list':
      return `feed something to each of a list by \`for t in ${name} { ... }\``;
    default:
      return 'name a block or an operation after the arrow';
  }
}
