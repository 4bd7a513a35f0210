/** The words that sections of the experiment's schema are written in. */

export type JsonSchema = Readonly<Record<string, unknown>>;

export const object = (
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  description,
  properties,
  required,
  additionalProperties: false,
});

/** A section that may be left out: then each of its keys has its default. */
export const section = (
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema => ({ ...object(description, properties), default: {} });

export const text = (description: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  description,
});
export const flag = (description: string, value: boolean): JsonSchema => ({
  type: 'boolean',
  description,
  default: value,
});
export const choice = (
  description: string,
  values: readonly (string | number)[],
  value?: string | number,
): JsonSchema => ({
  enum: values,
  description,
  ...(value === undefined ? {} : { default: value }),
});
export const whole = (description: string, minimum: number, value?: number): JsonSchema => ({
  type: 'integer',
  minimum,
  maximum: 2 ** 31 - 1,
  description,
  ...(value === undefined ? {} : { default: value }),
});
export const share = (description: string, value: number): JsonSchema => ({
  type: 'number',
  minimum: 0,
  maximum: 1,
  description,
  default: value,
});
export const optional = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  nullable: true,
  default: null,
});

export const texts = (description: string, each: string): JsonSchema => ({
  type: 'array',
  description,
  items: text(each),
  default: [],
});

export const kind = (value: string): JsonSchema => ({ const: value });
export const ofKind = (
  description: string,
  values: readonly string[],
  value?: string,
): JsonSchema => ({
  type: 'object',
  description,
  properties: { kind: choice('Which one; the other keys follow from it.', values) },
  required: ['kind'],
  ...(value === undefined ? {} : { default: { kind: value } }),
});
