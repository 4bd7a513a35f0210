import type { Suggestion } from '../../compiler/diagnostics/diagnostic.js';
import type { Span } from '../../compiler/source/source.js';
import { type Objection, type Validator, validator } from '../yaml/objections.js';
import type { Path } from '../yaml/source.js';
import { foreignKindIn, insteadOfKey, insteadOfValue, valueOnCommandLine } from './foreign.js';
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
export function validate(value: unknown): Objection[] {
  const objections = [...checkWhole(value)];
  for (const section of Object.keys(kinds)) {
    const path = section.split('.');
    const part = partAt(value, path);
    const check = checkKind.get(`${section}.${String(part?.kind)}`);
    if (check) objections.push(...check(part, path));
  }
  return objections.map((objection) => inOurWords(objection));
}

/**
 * The objection with what a word of another library is called here, or a kind that stands for its section.
 * @param within where the experiment's keys are, in a document that holds several
 */
export function inOurWords(objection: Objection, within: Path = []): Objection {
  const path = objection.path.slice(within.length);
  if (objection.code === 'NET0602') {
    const instead = insteadOfKey(path);
    return instead ? { ...objection, instead } : objection;
  }
  const { value } = objection;
  if (objection.code === 'NET0603') {
    const instead = isObject(value) ? kindInstead(path, value) : undefined;
    return instead ? { ...objection, instead: () => instead } : objection;
  }
  const ours = insteadOfValue(path, value);
  if (ours !== undefined) {
    const instead = (span: Span) => ({
      message: `netc calls it ${ours}`,
      edits: [{ span, text: ours }],
    });
    return { ...objection, instead };
  }
  const kind = typeof value === 'string' ? kindOf(path, value) : undefined;
  return kind ? { ...objection, instead: (span) => kindInside(path, kind, span) } : objection;
}

/** The kind of the section at `path` that a word names; undefined where the section has none of that name. */
function kindOf(path: Path, word: string): string | undefined {
  const section = path.join('.');
  const kind = insteadOfValue([...path, 'kind'], word) ?? word.toLowerCase();
  const known = section === 'engine' ? engineKinds : Object.keys(kinds[section] ?? {});
  return (known as readonly string[]).includes(kind) ? kind : undefined;
}

/** `optimiser: sgd`, which names the kind in the place of the section. */
function kindInside(path: Path, value: string, span: Span): Suggestion {
  const where = path.join('.');
  if (valueOnCommandLine(span) !== undefined) {
    return { message: `name its kind: --set ${where}.kind=${value}` };
  }
  const text = `{kind: ${value}}`;
  const edits = [{ span, text }];
  return { message: `name its kind: \`${String(path.at(-1))}: ${text}\``, edits };
}

/** `type: folder` in the place of `kind: folder`. */
function kindInstead(path: Path, value: Values): Suggestion | undefined {
  const word = foreignKindIn(path, value);
  if (word === undefined) return undefined;
  const kind = insteadOfValue([...path, 'kind'], value[word]) ?? value[word];
  return { message: `netc calls ${word} kind: \`kind: ${kind}\`` };
}

type Values = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null;

/** What is found at `path` on the way down from `value`. */
function partAt(value: unknown, path: readonly string[]): { kind?: unknown } | undefined {
  let part = value as Record<string, unknown> | null | undefined;
  for (const key of path) part = part?.[key] as typeof part;
  return part ?? undefined;
}
