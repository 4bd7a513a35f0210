import type { Span } from '../../source/source.js';
import { didYouMean } from '../suggest.js';
import { byKind, error } from './entry.js';
import { replace } from './words.js';

type Models = { readonly path: string; readonly models: readonly string[] };
type Name = { readonly name: string };

export const models = {
  NET0501: error('No model to compile', ({ path, models: [first, ...others] }: Models) => ({
    message:
      first === undefined
        ? `${path} defines no model`
        : `${path} defines ${others.length + 1} models, and one must be chosen: ${[first, ...others].join(', ')}`,
    suggestion: {
      message:
        first === undefined
          ? 'write one: `model Net { input image: [N, H, W, 3]`, then a line `output mask = ...`, `}`'
          : `choose one by --model ${first}, in an experiment by \`name: ${first}\` under model`,
    },
  })),
  NET0502: error('Unknown model', ({ path, models, name }: Models & Name) => {
    const meant = didYouMean(name, models);
    const one = models[0]
      ? `name one of them, as in --model ${models[0]}`
      : 'name a file with a model';
    return {
      message: `${path} defines no model ${name}, only ${models.join(', ') || 'blocks'}`,
      suggestion: { message: meant ? `did you mean ${meant}?` : one },
    };
  }),
  NET0503: error(
    'Model without outputs',
    byKind({
      /** `line` is the last one, a `let`, which may have been meant as the output. */
      none: ({
        model,
        line,
      }: {
        readonly model: string;
        readonly line?: (Name & { readonly at: Span }) | undefined;
      }) => ({
        message: `${model} has no output`,
        suggestion: line
          ? replace(
              { ...line.at, end: line.at.start + 'let'.length },
              'output',
              `make the last line one: \`output ${line.name} = ...\``,
            )
          : { message: 'add a line `output mask = ...`' },
      }),
      empty: ({ model }: { readonly model: string }) => ({
        message: `${model} has no output: all its lists of outputs are empty`,
        suggestion: { message: 'give a list of outputs one entry or more, or add an output' },
      }),
    }),
  ),
  NET0504: error(
    'Unknown parameter',
    /** `model` is the chosen one, `base` the one that declares the parameters. */
    ({
      name,
      model,
      base,
      parameters,
    }: Name & {
      readonly model: string;
      readonly base: string;
      readonly parameters: readonly string[];
    }) => {
      const meant = didYouMean(name, parameters);
      return {
        message: `${model} has no parameter ${name}, ${parameters.length === 0 ? 'and no others' : `only ${parameters.join(', ')}`}`,
        suggestion: {
          message: meant
            ? `did you mean ${meant}?`
            : `leave it out, or declare it: \`model ${base}(${name} = ...)\``,
        },
      };
    },
  ),
  NET0505: error(
    'Variant of no model',
    byKind({
      /** `block` is what it was made a variant of, where that is a block. */
      base: ({
        variant,
        block,
      }: {
        readonly variant: string;
        readonly block?: string | undefined;
      }) => ({
        message: `a variant is a model with arguments, \`model ${variant} = M(...)\``,
        suggestion: {
          message: `${block ? `${block} is a block: give` : 'give'} a model a body, \`model ${variant} { ... }\``,
        },
      }),
      circle: ({
        names,
        others,
      }: {
        readonly names: readonly string[];
        readonly others: readonly Span[];
      }) => ({
        message: `variants in a circle: ${names.join(' is ')}`,
        related: others.map((span) => ({ span, message: 'and this' })),
        suggestion: {
          message: 'let one of them be a model with a body, or a variant of one that has',
        },
      }),
    }),
  ),
  NET0506: error(
    'Model in the place of a block',
    ({
      name,
      definition,
      isVariant,
    }: Name & { readonly definition: Span; readonly isVariant: boolean }) => ({
      message: `${name} is a model; only a block has inputs and can be configured or applied here`,
      related: [{ span: definition, message: 'the model' }],
      suggestion: {
        message: isVariant
          ? 'apply the blocks that the model is made of'
          : `write a block of its lines, with its inputs as the last list, and apply that in ${name} and here`,
      },
    }),
  ),
};
