import { didYouMean } from '../suggest.js';
import { type KindOf, type Words, wordsByKind } from './entry.js';

type Name = { readonly name: string };
type Known = { readonly known: readonly string[] };

/** What keeps a loss from being joined to a model. */
const losses = {
  outputTwice: ({ name, list }: Name & { list: string }) => ({
    message: `the loss names ${name} twice`,
    suggestion: `leave out ${name} or ${list}`,
  }),
  noOutput: ({ known }: Known) => ({
    message: `the loss must name its output, one of ${known.join(', ')}`,
    suggestion: `name it, or several with the factors of their losses: outputs: {${known.map((one) => `${one}: 1`).join(', ')}}`,
  }),
  unknownOutput: ({ name, known }: Name & Known) => {
    const meant = didYouMean(name, known);
    return {
      message: `the model has no output ${name}; it has ${known.join(', ')}`,
      suggestion: meant ? `did you mean ${meant}?` : 'name one of these',
    };
  },
  /** `found` is the operation it ends in, and `others` the losses for that. */
  end: ({
    loss,
    name,
    ends: [first = 'sigmoid', ...more],
    found,
    others,
  }: Name & {
    loss: string;
    ends: readonly string[];
    found: string | null;
    others: readonly string[];
  }) => {
    const head = `end the output in ${first}, as in \`-> Conv(${first === 'sigmoid' ? 1 : 'classes'}) -> ${first}\``;
    return {
      message: `${loss} wants an output that ends in ${[first, ...more].join(' or ')}; ${name} ends in ${found ?? 'no operation'}`,
      suggestion:
        others.length === 0 ? head : `for ${found} there are ${others.join(', ')}; else ${head}`,
    };
  },
  target: (f: Name & { target: string; shapes: readonly [string, string] }) => ({
    message: `one target can't serve ${f.name} and ${f.target}: ${f.shapes.join(' and ')}`,
    suggestion:
      'an output of the loss has the classes of the one that is scored, and its size or a half, a third, ...',
  }),
  nothingToWeigh: ({ loss }: { loss: string }) => ({
    message: `${loss} of a single class has nothing to weigh`,
    suggestion: 'leave classWeights out',
  }),
  classWeights: (
    f: Name & { given: number; wanted: number; of: 'sides' | 'classes' | 'channels' },
  ) => {
    const whose = {
      sides: 'background and foreground',
      classes: 'one a class',
      channels: 'one a channel',
    }[f.of];
    return {
      message: `${f.name} wants ${f.wanted} class weights, not ${f.given}`,
      suggestion: `give ${f.wanted} numbers: ${whose}`,
    };
  },
};

export type LossFacts = KindOf<typeof losses>;

export const lossWords = (facts: LossFacts): Words => wordsByKind(losses, facts);
