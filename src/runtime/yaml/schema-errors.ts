import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { FactsOf } from '../../compiler/diagnostics/codes.js';
import type { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { isBound, type Rule } from '../../compiler/diagnostics/messages/experiments.js';
import type { Span } from '../../compiler/source/source.js';
import type { Path } from './source.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

type SchemaCode = 'NET0602' | 'NET0603' | 'NET0604';

/** One thing that a schema refuses: where, whether the key or the value, and what. */
export type SchemaError = {
  [C in SchemaCode]: {
    readonly code: C;
    readonly path: Path;
    readonly part: 'key' | 'value';
    readonly facts: Extract<FactsOf<C>, C extends 'NET0604' ? { kind: 'value' } : unknown>;
    /** The value that is refused. */
    readonly value?: unknown;
  };
}[SchemaCode];

/** Fills defaults into a value that is found at `prefix`, and says what is wrong with it. */
export type Validator = (value: unknown, prefix?: Path) => SchemaError[];

const ajv = new Ajv({
  allErrors: true,
  useDefaults: true,
  verbose: true,
  strictTypes: false,
  formats: { regex: isExpression },
});

function isExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** @param whole what messages call the document itself: `the experiment` */
export function validator(schema: JsonSchema, whole: string): Validator {
  const check: ValidateFunction = ajv.compile(schema);
  return (value, prefix = []) => {
    if (check(value)) return [];
    return (check.errors ?? []).map((error) => errorOf(error, prefix, whole));
  };
}

/** Reports each error at the place that `spanOf` tells. */
export function reportSchemaErrors(
  errors: readonly SchemaError[],
  spanOf: (path: Path, part: SchemaError['part']) => Span,
  diagnostics: Diagnostics,
): void {
  for (const { code, path, part, facts } of errors) {
    diagnostics.report(code, spanOf(path, part), facts);
  }
}

function errorOf(error: ErrorObject, prefix: Path, whole: string): SchemaError {
  const path = [...prefix, ...error.instancePath.split('/').slice(1).map(unescaped)];
  const isWhole = path.length === 0;
  const where = isWhole ? whole : path.join('.');
  const { data, params, parentSchema = {} } = error;
  if (error.keyword === 'additionalProperties') {
    const key: string = params.additionalProperty;
    const known = Object.keys(parentSchema.properties ?? {});
    const facts = { kind: 'key', where, key, known } as const;
    return { code: 'NET0602', path: [...path, key], part: 'key', facts };
  }
  if (error.keyword === 'required') {
    const key: string = params.missingProperty;
    const property: JsonSchema = parentSchema.properties?.[key] ?? {};
    const { description = null } = property as { description?: string };
    const example = exampleOf(property) ?? '...';
    const facts = { where, key, isWhole, description, example };
    return { code: 'NET0603', path, part: 'key', facts, value: data };
  }
  const example = exampleOf(parentSchema);
  const { title = null } = parentSchema;
  const facts = {
    kind: 'value',
    where,
    isWhole,
    key: String(path.at(-1) ?? where),
    value: printed(data),
    rule: ruleOf(error),
    // The title of the document itself is its name.
    title: error.instancePath === '' ? null : title,
    example:
      example === undefined
        ? null
        : { text: example, isWritten: parentSchema.examples !== undefined },
  } as const;
  return { code: 'NET0604', path, part: 'value', facts, value: data };
}

/** As JSON, but for numbers that JSON does not have: as YAML writes them. */
function printed(value: unknown): string {
  const number = (one: unknown): unknown =>
    typeof one === 'number' && !Number.isFinite(one) ? yamlNumber(one) : one;
  if (number(value) !== value) return String(number(value));
  return JSON.stringify(value, (_, inner) => number(inner));
}

const yamlNumber = (value: number): string =>
  Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';

function ruleOf({ keyword, params, message }: ErrorObject): Rule {
  const { limit } = params;
  if (limit === 1 && /^min(Properties|Items)$/.test(keyword)) return { kind: 'notEmpty' };
  if (keyword === 'enum') return { kind: 'oneOf', values: params.allowedValues.map(String) };
  if (keyword === 'type') return { kind: 'type', types: [params.type].flat() };
  if (isBound(keyword)) return { kind: 'bound', bound: keyword, limit };
  return { kind: 'other', rule: message ?? `breaks the rule ${keyword}` };
}

/** A value that a schema takes, as YAML; undefined where any text would do. */
function exampleOf(schema: JsonSchema): string | undefined {
  const {
    default: usual,
    examples,
    enum: values,
    properties,
  } = schema as {
    default?: unknown;
    examples?: readonly unknown[];
    enum?: readonly unknown[];
    properties?: Readonly<Record<string, JsonSchema>>;
  };
  if (examples) return inYaml(examples[0]);
  const [first] = Object.entries(properties ?? {});
  if (first) return `{${first[0]}: ${exampleOf(first[1]) ?? '...'}}`;
  if (usual !== undefined && usual !== null) return inYaml(usual);
  return values && String(values[0]);
}

/** On one line. */
const inYaml = (value: unknown): string =>
  JSON.stringify(value).replaceAll('"', '').replaceAll(':', ': ').replaceAll(',', ', ');

/** A slash and a tilde in a JSON pointer. */
const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');
