import type { Span } from '../../source/source.js';
import { type Advice, adviceByKind, type KindOf } from './entry.js';
import { foreignName } from './foreign.js';
import { insert, remove, replace } from './words.js';

type At = { readonly at: Span };
type WithText = At & { readonly text: string };

const importForm =
  'an import is `import { A, B } from "lib/units.net"`; what is built in needs none';

/** What to write where the parser could not go on, by what was found there. */
const suggestions = {
  /** A word of the language with a letter wrong. */
  misspelled: ({ at, text }: WithText) => replace(at, text, `did you mean \`${text}\`?`),
  /** `=` and `:` in each other's place. */
  sign: ({ at, text }: WithText) => replace(at, text),
  defaultSign: ({ at }: At) => replace(at, ' =', 'a default is written with `=`'),
  bindingWord: ({ at, text }: WithText) =>
    insert(at, 'let ', `a name is bound by \`let\`: write \`let ${text} = ...\``),
  comparison: ({ at }: At) =>
    replace(at, '==', '`=` binds a name after `let`, `shared` or `output`; `==` compares'),
  newLine: ({ at, text, indent }: WithText & { indent: string }) =>
    insert(at, `\n${indent}`, `\`${text}\` begins a line of its own`),
  comma: ({ at }: At) => insert(at, ',', 'put a `,` between the two'),
  missingSign: ({ at, text }: WithText) =>
    insert(at, /[,:)\]]/.test(text) ? text : ` ${text}`, `write \`${text}\` here`),
  strayOperand: () => 'join it by an operator to what stands before it, or remove it',
  arrowTwice: ({ at }: At) => remove(at, 'remove one of the two arrows'),
  looseEnd: ({ at, text, wants }: WithText & { wants: 'name' | 'value' | 'block' }) => {
    const what = { name: 'a name', value: 'a value', block: 'the block or operation' }[wants];
    return remove(at, `write ${what} after \`${text}\`, or remove it`);
  },
  stage: () => 'an arrow leads to a block, an operation or an instance, by name',
  valuesInBraces: () => 'several values stand in `( )`, a list in `[ ]`',
  /** The other ways of other languages. */
  import: () => importForm,
  function: ({ text }: { text: string }) =>
    `a layer of your own is \`block ${text}(channels) (x) { ... }\``,
  class: ({ text }: { text: string }) =>
    `a layer is \`block ${text}(channels) (x) { ... }\`, a network \`model ${text} { ... }\``,
  return: ({ at }: At) => remove(at, 'the last line of a body is its result: leave `return` out'),
  const: ({ at }: At) => replace(at, 'let', 'a name is bound by `let`'),
  self: () => 'a layer is written where it is applied; `shared conv = Conv(64)` keeps one',
  power: () => 'a power is written `pow(x, n)`',
  assignment: ({ name, sign }: { name: string; sign: string }) =>
    `a name keeps its value: bind another, \`let ${name}2 = ${name} ${sign} ...\``,
  comprehension: () => 'a loop that makes a list is `for x in list { ... }`, without brackets',
  colonBody: () => 'what follows stands in braces, not after `:`: `{ ... }`',
  elif: ({ at }: At) => replace(at, 'else if'),
  secondCall: () => 'put all arguments into one pair of brackets; tensors come along an arrow',
  /** `-> nn.ReLU()` and `-> self.conv`. */
  dotted: ({ at, library, name }: At & { library: string; name: string }) => {
    const foreign = foreignName(name);
    if (foreign && 'advice' in foreign) return foreign.advice;
    const own = foreign?.name ?? name;
    const message = `an arrow leads to one name, without \`${library}.\` before it: write \`-> ${own}\``;
    return replace(at, own, message);
  },
  severalNames: ({ at, text }: { at: Span | null; text: string }): Advice => ({
    message: `several names stand in brackets: \`(${text}) = ...\``,
    ...(at && { edits: [{ span: at, text: `(${text})` }] }),
  }),
  variantParameters: ({ at, text }: WithText) =>
    remove(
      at,
      `a variant adds no parameters: write \`model ${text} = ...\` with the values in its arguments, which --set can replace`,
    ),
  loopVariables: ({ text }: { text: string }) =>
    `a loop has one variable: \`for ${text} in range(list.length) { ... }\`, with \`list[${text}]\` in its braces`,
  slice: ({ text }: { text: string }) =>
    `there are no slices: \`${text}.rest\` is all but the first, and \`for i in range(1, 3) { ${text}[i] }\` the entries 1 and 2`,
};

export type SyntaxSuggestion = KindOf<typeof suggestions>;
export const syntaxSuggestion = adviceByKind(suggestions);
