import type { Span } from '../../source/source.js';
import { didYouMean } from '../suggest.js';
import { adviceWords, error, errorByKind } from './entry.js';
import { type ForeignKey, foreignKeyAdvice } from './foreign-key.js';
import { replace } from './words.js';

type Models = {
  readonly path: string;
  readonly models: readonly string[];
  /** Whether an experiment chooses the model. */
  readonly isExperiment?: boolean | undefined;
};
type Name = { readonly name: string };

export const models = {
  NET0501: error('No model to compile', ({ path, models, isExperiment }: Models) => {
    const [first] = models;
    if (first === undefined) {
      return {
        message: `${path} defines no model`,
        suggestion:
          'write one: `model Net { input image: [N, H, W, 3]`, then a line `output mask = ...`, `}`',
      };
    }
    return {
      message: `${path} defines ${models.length} models, and one must be chosen: ${models.join(', ')}`,
      suggestion: isExperiment
        ? `choose one: add \`name: ${first}\` under model`
        : `choose one by --model ${first}, in an experiment by \`name: ${first}\` under model`,
    };
  }),
  NET0502: error('Unknown model', ({ path, models, isExperiment, name }: Models & Name) => {
    const meant = didYouMean(name, models);
    const [first] = models;
    const one = isExperiment ? `\`name: ${first}\`` : `--model ${first}`;
    const advice = first ? `name one of them, as in ${one}` : 'name a file with a model';
    return {
      message: `${path} defines no model ${name}, only ${models.join(', ') || 'blocks'}`,
      suggestion: meant ? `did you mean ${meant}?` : advice,
    };
  }),
  NET0503: errorByKind('Model without outputs', {
    /** `line` is the last one, a `let`, which may have been meant as the output. */
    none: (f: { model: string; line?: (Name & { at: Span }) | undefined }) => ({
      message: `${f.model} has no output`,
      suggestion: f.line
        ? replace(
            { ...f.line.at, end: f.line.at.start + 'let'.length },
            'output',
            `make the last line one: \`output ${f.line.name} = ...\``,
          )
        : 'add a line `output mask = ...`',
    }),
    empty: ({ model }: { model: string }) => ({
      message: `${model} has no output: all its lists of outputs are empty`,
      suggestion: 'give a list of outputs one entry or more, or add an output',
    }),
  }),
  NET0504: error(
    'Unknown parameter',
    (
      {
        name,
        model,
        base,
        parameters,
        isKey,
        foreign,
      }: Name & {
        readonly model: string;
        /** The model that declares the parameters of the chosen one. */
        readonly base: string;
        readonly parameters: readonly string[];
        /** Whether an experiment has a key of that name, or one that is meant by it. */
        readonly isKey?: boolean | undefined;
        readonly foreign?: ForeignKey | undefined;
      },
      { span },
    ) => {
      const meant = didYouMean(name, parameters);
      return {
        message: `${model} has no parameter ${name}, ${parameters.length === 0 ? 'and no others' : `only ${parameters.join(', ')}`}`,
        suggestion: isKey
          ? `the experiment's own ${name} stands at its top, not under parameters`
          : foreign
            ? adviceWords(foreignKeyAdvice(foreign, span))
            : {
                message: meant
                  ? `did you mean ${meant}?`
                  : `leave it out, or declare it: \`model ${base}(${name} = ...)\``,
              },
      };
    },
  ),
  NET0505: errorByKind('Variant of no model', {
    /** `block` is what it was made a variant of, where that is a block. */
    base: ({ variant, block }: { variant: string; block?: string | undefined }) => ({
      message: `a variant is a model with arguments, \`model ${variant} = M(...)\``,
      suggestion: {
        message: `${block ? `${block} is a block: give` : 'give'} a model a body, \`model ${variant} { ... }\``,
      },
    }),
    circle: ({ names, others }: { names: readonly string[]; others: readonly Span[] }) => ({
      message: `variants in a circle: ${names.join(' is ')}`,
      related: others.map((span) => ({ span, message: 'and this' })),
      suggestion: 'let one of them be a model with a body, or a variant of one that has',
    }),
  }),
  NET0506: error(
    'Model in the place of a block',
    ({ name, definition, isVariant }: Name & { definition: Span; isVariant: boolean }) => ({
      message: `${name} is a model; only a block has inputs and can be configured or applied here`,
      related: [{ span: definition, message: 'the model' }],
      suggestion: isVariant
        ? 'apply the blocks that the model is made of'
        : `write a block of its lines, with its inputs as the last list, and apply that in ${name} and here`,
    }),
  ),
};
