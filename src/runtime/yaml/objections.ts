import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Code } from '../../compiler/diagnostics/codes.js';
import type { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
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
  /** An unknown key, and the keys it may have meant. */
  readonly unknown?: { readonly key: string; readonly known: readonly string[] };
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
// In our own schemas: what a value must be, in words, where the keywords alone would read badly.
ajv.addKeyword('wish');

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
  for (const { code, path, part, message, unknown } of objections) {
    const guess = unknown && didYouMean(unknown.key, unknown.known);
    diagnostics.report(code, {
      message,
      span: spanOf(path, part),
      ...(guess === undefined ? {} : { suggestion: { message: `did you mean ${guess}?` } }),
    });
  }
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
      unknown: { key, known },
    };
  }
  if (error.keyword === 'required') {
    const key: string = error.params.missingProperty;
    const description = error.parentSchema?.properties?.[key]?.description;
    return {
      code: 'NET0603',
      path,
      part: 'key',
      message: `${where} needs ${key}${description ? `: ${decapitalised(description)}` : ''}`,
    };
  }
  return {
    code: 'NET0604',
    path,
    part: 'value',
    message: `${where} ${wish(error)}, not ${JSON.stringify(error.data)}`,
  };
}

/** A slash and a tilde in a JSON pointer. */
const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');

const decapitalised = (sentence: string): string =>
  sentence.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase()).replace(/\.$/, '');

function wish({ keyword, params, message, parentSchema }: ErrorObject): string {
  const { limit } = params;
  if (limit === 1 && /^min(Properties|Items)$/.test(keyword)) return 'must not be empty';
  if (parentSchema?.wish !== undefined) return `must be ${parentSchema.wish}`;
  if (keyword === 'enum') return `must be ${params.allowedValues.join(' or ')}`;
  if (keyword === 'type') return `must be ${[params.type].flat().map(kindOf).join(' or ')}`;
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
