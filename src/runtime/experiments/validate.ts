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
    const part = (value as Record<string, { kind?: unknown } | undefined>)?.[section];
    const check = checkKind.get(`${section}.${String(part?.kind)}`);
    if (check) objections.push(...check(part, [section]));
  }
  return objections;
}
