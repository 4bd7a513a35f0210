import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Code } from '../../compiler/diagnostics/codes.js';
import { kinds, schema } from './schema.js';
import type { Path } from './yaml-source.js';

/** One thing the schema objects to: where, whether at the key or the value, and what. */
export interface Objection {
  readonly code: Code;
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly message: string;
  /** An unknown key, and the keys it may have meant. */
  readonly unknown?: { readonly key: string; readonly known: readonly string[] };
}

const ajv = new Ajv({ allErrors: true, useDefaults: true, verbose: true, strictTypes: false });
const checkWhole = ajv.compile(schema);
const checkKind = new Map<string, ValidateFunction>();
for (const [section, schemas] of Object.entries(kinds)) {
  for (const [kind, part] of Object.entries(schemas)) {
    checkKind.set(`${section}.${kind}`, ajv.compile(part));
  }
}

/** Checks `value` and fills defaults into it. An empty answer means that it is an experiment. */
export function validate(value: unknown): Objection[] {
  const objections = objectionsOf(checkWhole, value, []);
  for (const section of Object.keys(kinds)) {
    const part = (value as Record<string, { kind?: unknown } | undefined>)?.[section];
    const check = checkKind.get(`${section}.${String(part?.kind)}`);
    if (check) objections.push(...objectionsOf(check, part, [section]));
  }
  return objections;
}

function objectionsOf(check: ValidateFunction, value: unknown, prefix: Path): Objection[] {
  if (check(value)) return [];
  return (check.errors ?? []).map((error) => objectionOf(error, prefix));
}

function objectionOf(error: ErrorObject, prefix: Path): Objection {
  const path = [...prefix, ...error.instancePath.split('/').slice(1).map(unescaped)];
  const where = path.length === 0 ? 'the experiment' : path.join('.');
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

function wish({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'enum') return `must be ${params.allowedValues.join(' or ')}`;
  if (keyword === 'type' && params.type === 'integer') return 'must be a whole number';
  if (keyword === 'type') return `must be ${[params.type].flat().join(' or ')}`;
  return message ?? `breaks the rule ${keyword}`;
}
