import { type Span, textOf } from '../../source/source.js';
import { type Advice, errorByKind, type Related } from './entry.js';

/** The last applications around a limit: where they stand, and their arguments. */
type Levels = { readonly levels: readonly { readonly at: Span; readonly text: string }[] };

const levelsOf = ({ levels }: Levels): readonly Related[] =>
  levels.map(({ at, text }) => ({ span: at, message: text }));

/** What ends the expansion of a model. */
export const limits = {
  NET0307: errorByKind('Recursion without an end', {
    /** `counter` is the parameter that likely counts; `condition` the first `if` of the body. */
    block: ({
      name,
      limit,
      counter,
      condition,
      isSame,
      ...levels
    }: Levels & {
      readonly name: string;
      readonly limit: number;
      readonly counter?: string | undefined;
      readonly condition?: Span | undefined;
      /** Whether each level is given the same arguments. */
      readonly isSame: boolean;
    }) => ({
      message: `${name} applies itself more than ${limit} times over`,
      related: levelsOf(levels),
      suggestion: endOfRecursion(name, counter, condition, isSame),
    }),
    nesting: ({ depth, ...levels }: Levels & { depth: number }) => ({
      message: `${depth} applications of blocks stand inside each other: too deep`,
      related: levelsOf(levels),
      suggestion: 'end it by an `if` whose last branch applies no block',
    }),
  }),
  NET0308: errorByKind('Network too large', {
    network: ({ limit, of, ...levels }: Levels & { limit: number; of: 'nodes' | 'steps' }) => ({
      message: `the network grows past ${limit.toLocaleString('en-US')} ${of === 'nodes' ? 'nodes' : 'steps of evaluation'}`,
      related: levelsOf(levels),
      suggestion: 'give fewer steps to a repeat or a for, or less depth to a block',
    }),
    /** Models of one file that are too much together; `count` of them, of which `name` is the first, were not looked at. */
    models: ({ count, name }: { count: number; name: string }) => ({
      message: `the models of this file are too large to be checked together: ${name}${count === 1 ? ' is' : ` and ${count - 1} behind it are`} not checked`,
      suggestion: `check one by its name, as by --model ${name}, or divide the file`,
    }),
  }),
};

/** A block that applies itself needs a branch that does not, one that is taken at some level. */
function endOfRecursion(
  name: string,
  counter: string | undefined,
  condition: Span | undefined,
  isSame: boolean,
): Advice {
  if (!condition) {
    const asked = counter ? `${counter} == 0` : '...';
    return {
      message: `end it by a branch without ${name}: \`if ${asked} { x } else { ... }\``,
    };
  }
  if (isSame) {
    const less = counter ? `, such as \`${counter} - 1\`` : '';
    return `each ${name} is given the same: give the inner one less${less}`;
  }
  return `\`${textOf(condition)}\` decides alike at every level: test by \`<=\` or \`>=\`, or count in other steps`;
}
