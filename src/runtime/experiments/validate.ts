import { type SchemaError, type Validator, validator } from '../yaml/schema-errors.js';
import type { Path } from '../yaml/source.js';
import { foreignKey, foreignKindIn, foreignValue } from './foreign.js';
import { engineKinds } from './options/engine.js';
import { kinds, schema } from './schema/index.js';

const checkWhole = validator(schema, 'the experiment');
const checkKind = new Map<string, Validator>();
for (const [section, schemas] of Object.entries(kinds)) {
  for (const [kind, part] of Object.entries(schemas)) {
    checkKind.set(`${section}.${kind}`, validator(part, section));
  }
}

/** Checks `value` and fills defaults into it. An empty answer means that it is an experiment. */
export function validate(value: unknown): SchemaError[] {
  const errors = [...checkWhole(value)];
  for (const section of Object.keys(kinds)) {
    const path = section.split('.');
    const part = partAt(value, path);
    const check = checkKind.get(`${section}.${String(part?.kind)}`);
    if (check) errors.push(...check(part, path));
  }
  return errors.map((error) => inOurWords(error));
}

/**
 * The error with what a word of another library is called here, or a kind that stands for its section.
 * @param within where the experiment's keys are, in a document that holds several
 */
export function inOurWords(error: SchemaError, within: Path = []): SchemaError {
  const path = error.path.slice(within.length);
  const { value } = error;
  if (error.code === 'NET0602') {
    const { facts } = error;
    return { ...error, facts: 'known' in facts ? { ...facts, foreign: foreignKey(path) } : facts };
  }
  if (error.code === 'NET0603') {
    const foreign = isObject(value) ? kindAbroad(path, value) : undefined;
    return { ...error, facts: { ...error.facts, foreign } };
  }
  const ours = foreignValue(path, value);
  const kind = typeof value === 'string' ? kindOf(path, value) : undefined;
  const section = kind === undefined ? undefined : { path: path.join('.'), kind };
  return { ...error, facts: { ...error.facts, ours, section } };
}

/** The kind of the section at `path` that a word names; undefined where the section has none of that name. */
function kindOf(path: Path, word: string): string | undefined {
  const section = path.join('.');
  const kind = foreignValue([...path, 'kind'], word) ?? word.toLowerCase();
  const known = section === 'engine' ? engineKinds : Object.keys(kinds[section] ?? {});
  return (known as readonly string[]).includes(kind) ? kind : undefined;
}

/** `type: folder` in the place of `kind: folder`. */
function kindAbroad(path: Path, value: Values) {
  const key = foreignKindIn(path, value);
  if (key === undefined) return undefined;
  return { key, kind: String(foreignValue([...path, 'kind'], value[key]) ?? value[key]) };
}

type Values = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null;

/** What is found at `path` on the way down from `value`. */
function partAt(value: unknown, path: readonly string[]): { kind?: unknown } | undefined {
  let part = value as Record<string, unknown> | null | undefined;
  for (const key of path) part = part?.[key] as typeof part;
  return part ?? undefined;
}
