import type { JsonSchema } from '../yaml/schema-errors.js';

/** A map as its YAML has it, once the schema has nothing to object to. */
export interface MapText {
  readonly levels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly layers: Readonly<Record<string, Readonly<Record<string, LeafText>>>>;
  readonly ignore: readonly string[];
  readonly tensors: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Our name of a tensor, and how the axes of theirs become those of ours. */
export type LeafText = string | { readonly to: string; readonly axes: string };

const text = { type: 'string', minLength: 1 };

/** `key: value` with names that the map makes up. */
const table = (description: string, values: JsonSchema): JsonSchema => ({
  type: 'object',
  description,
  additionalProperties: values,
});

/** The JSON schema of a map of foreign weights, for ajv and for editors. */
export const mapSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'netc map of foreign weights',
  type: 'object',
  properties: {
    levels: {
      ...table(
        'Tables for <name>: their text by ours; each entry makes one tensor.',
        table('One table.', text),
      ),
      default: {},
    },
    layers: table(
      'What a layer consists of: our name of each tensor by theirs.',
      table('One kind of layer.', {
        type: ['string', 'object'],
        minLength: 1,
        properties: {
          to: { ...text, description: 'Our name.' },
          axes: {
            type: 'string',
            pattern: '^[A-Z]+ -> [A-Z]+$',
            description: 'Their order of axes and ours, one letter an axis: OIHW -> HWIO.',
          },
        },
        required: ['to', 'axes'],
        additionalProperties: false,
      }),
    ),
    ignore: {
      type: 'array',
      description: 'Names of theirs that hold no weights; * stands for anything.',
      items: text,
      default: [],
    },
    tensors: table(
      'By kind of layer, our path of each layer by their name.',
      table('Layers of one kind.', text),
    ),
  },
  required: ['layers', 'tensors'],
  additionalProperties: false,
};
