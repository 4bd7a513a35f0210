import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Code } from '../../compiler/diagnostics/codes.js';
import type { Diagnostics, Suggestion } from '../../compiler/diagnostics/diagnostic.js';
import { didYouMean } from '../../compiler/diagnostics/suggest.js';
import type { Span } from '../../compiler/source/source.js';
import type { Path } from './source.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** One thing a schema objects to: where, whether at the key or the value, and what. */
export interface Objection {
  readonly code: Code;
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly message: string;
  /** A word that is not known, and those it may have been meant to be. */
  readonly unknown?: { readonly word: string; readonly known: readonly string[] };
  /** What to do where no known word is near. */
  readonly way: string;
  /** What to do in any case, at the place where it was written. */
  readonly instead?: (span: Span) => Suggestion;
  /** The value objected to. */
  readonly value?: unknown;
}

/** Fills defaults into a value that is found at `prefix`, and says what is wrong with it. */
export type Validator = (value: unknown, prefix?: Path) => Objection[];

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
    return (check.errors ?? []).map((error) => objectionOf(error, prefix, whole));
  };
}

/** Reports each objection at the place that `spanOf` tells. */
export function reportObjections(
  objections: readonly Objection[],
  spanOf: (path: Path, part: Objection['part']) => Span,
  diagnostics: Diagnostics,
): void {
  for (const objection of objections) {
    const { code, path, part, message, instead } = objection;
    const span = spanOf(path, part);
    const suggestion = instead?.(span) ?? suggestionFor(objection, span);
    diagnostics.report(code, { message, span, suggestion });
  }
}

function suggestionFor({ unknown, way }: Objection, span: Span): Suggestion {
  const guess = unknown && didYouMean(unknown.word, unknown.known);
  if (guess === undefined) return { message: way };
  return { message: `did you mean ${guess}?`, edits: [{ span, text: guess }] };
}

function objectionOf(error: ErrorObject, prefix: Path, whole: string): Objection {
  const path = [...prefix, ...error.instancePath.split('/').slice(1).map(unescaped)];
  const where = path.length === 0 ? whole : path.join('.');
  if (error.keyword === 'additionalProperties') {
    const key: string = error.params.additionalProperty;
    const known = Object.keys(error.parentSchema?.properties ?? {});
    return {
      code: 'NET0602',
      path: [...path, key],
      part: 'key',
      message: `${where} has no key ${key}`,
      unknown: { word: key, known },
      way: `known here: ${known.join(', ')}`,
    };
  }
  if (error.keyword === 'required') {
    const key: string = error.params.missingProperty;
    const property: JsonSchema = error.parentSchema?.properties?.[key] ?? {};
    const { description } = property as { description?: string };
    return {
      code: 'NET0603',
      value: error.data,
      path,
      part: 'key',
      message: `${where} needs ${key}${description ? `: ${decapitalised(description)}` : ''}`,
      way: `add \`${key}: ${exampleOf(property)}\`${path.length === 0 ? '' : ` under ${where}`}`,
    };
  }
  return {
    code: 'NET0604',
    path,
    part: 'value',
    value: error.data,
    message: `${where} ${wish(error)}, not ${JSON.stringify(error.data)}`,
    ...(error.keyword === 'enum' && {
      unknown: { word: String(error.data), known: error.params.allowedValues.map(String) },
    }),
    way: valueFor(error, String(path.at(-1) ?? where)),
  };
}

/** A value that a schema takes, as YAML; dots where any text would do. */
function exampleOf(schema: JsonSchema): string {
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
  if (first) return `{${first[0]}: ${exampleOf(first[1])}}`;
  if (usual !== undefined && usual !== null) return inYaml(usual);
  if (values) return String(values[0]);
  return '...';
}

/** On one line. */
const inYaml = (value: unknown): string =>
  JSON.stringify(value).replaceAll('"', '').replaceAll(':', ': ').replaceAll(',', ', ');

const bounds: Readonly<Record<string, (limit: number) => string>> = {
  minimum: (limit) => `${limit} or more`,
  maximum: (limit) => `${limit} or less`,
  exclusiveMinimum: (limit) => `more than ${limit}`,
  exclusiveMaximum: (limit) => `less than ${limit}`,
  minItems: (limit) => `a list of ${limit} or more`,
};

/** What to write in place of a value. */
function valueFor(
  { keyword, params, parentSchema, data, instancePath }: ErrorObject,
  key: string,
): string {
  if (keyword === 'type' && params.type === 'boolean') {
    return `write \`${key}: ${/^(no|off|false|0)$/i.test(String(data)) ? 'false' : 'true'}\``;
  }
  const bound = bounds[keyword];
  if (bound && !parentSchema?.examples) return `give ${bound(params.limit)}`;
  if (instancePath === '') return 'write keys with a colon, such as `model:`, each on its line';
  const example = exampleOf(parentSchema ?? {});
  return example === '...'
    ? `write another value for ${key}`
    : `write one, as in \`${/^\d+$/.test(key) ? '-' : `${key}:`} ${example}\``;
}

/** A slash and a tilde in a JSON pointer. */
const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');

const decapitalised = (sentence: string): string =>
  sentence.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase()).replace(/\.$/, '');

function wish({ keyword, params, message, parentSchema, instancePath }: ErrorObject): string {
  const { limit } = params;
  if (limit === 1 && /^min(Properties|Items)$/.test(keyword)) return 'must not be empty';
  // What its type does not say in words that help has a title that does. The document's own title is its name.
  if (parentSchema?.title !== undefined && instancePath !== '')
    return `must be ${parentSchema.title}`;
  if (keyword === 'enum') return `must be ${params.allowedValues.join(' or ')}`;
  if (keyword === 'type') return `must be ${[params.type].flat().map(kindOf).join(' or ')}`;
  const bound = bounds[keyword];
  if (bound) return `must be ${bound(params.limit)}`;
  return message ?? `breaks the rule ${keyword}`;
}

const kinds = new Map([
  ['object', 'keys with their values'],
  ['array', 'a list'],
  ['string', 'a text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
]);

/** A type of JSON Schema in words. */
const kindOf = (type: string): string => kinds.get(type) ?? type;
