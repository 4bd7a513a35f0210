import { type Objection, type Validator, validator } from '../yaml/objections.js';
import { kinds, schema } from './schema/index.js';

const checkWhole = validator(schema, 'the experiment');
const checkKind = new Map<string, Validator>();
for (const [section, schemas] of Object.entries(kinds)) {
  for (const [kind, part] of Object.entries(schemas)) {
    checkKind.set(`${section}.${kind}`, validator(part, section));
  }
}

/** Checks `value` and fills defaults into it. An empty answer means that it is an experiment. */
export function validate(value: unknown): Objection[] {
  const objections = checkWhole(value);
  for (const section of Object.keys(kinds)) {
    const path = section.split('.');
    const part = partAt(value, path);
    const check = checkKind.get(`${section}.${String(part?.kind)}`);
    if (check) objections.push(...check(part, path));
  }
  return objections;
}

/** What is found at `path` on the way down from `value`. */
function partAt(value: unknown, path: readonly string[]): { kind?: unknown } | undefined {
  let part = value as Record<string, unknown> | null | undefined;
  for (const key of path) part = part?.[key] as typeof part;
  return part ?? undefined;
}
