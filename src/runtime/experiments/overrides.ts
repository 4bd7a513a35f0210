import type { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import type { Span } from '../../compiler/source/source.js';
import { InputError } from '../errors/errors.js';
import {
  hasKey,
  type Path,
  parseYaml,
  plainValue,
  spanOfKey,
  spanOfValue,
  type YamlSource,
} from '../yaml/source.js';
import { defaultSection } from './schema/index.js';

/** A value given on the command line: `--set batch=4` is the path `batch` and the text `4`. */
export interface Override {
  readonly path: Path;
  readonly source: YamlSource;
  /** Of a key without a dot, which is the model's parameter where the model has one of that name. */
  readonly bare?: BareKey;
}

export interface BareKey {
  readonly key: string;
  /** The same value at a path of the experiment. */
  readonly at: (path: Path, diagnostics: Diagnostics) => Override | undefined;
}

/**
 * Reads `key=value` of `--set`: with a dot in the key a path in the experiment (`.batch` is its
 * own `batch`), its value YAML; without one a parameter of the model, its
 * value a `.net` expression, unless `placeBareKeys` finds that the model has none of that name. Throws `InputError` where there is no `=`.
 */
export function parseOverride(setting: string, diagnostics: Diagnostics): Override | undefined {
  const at = setting.indexOf('=');
  if (at <= 0) throw new InputError(`--set ${setting}: write --set key=value`);
  const [key, value] = [setting.slice(0, at).trim(), setting.slice(at + 1)];
  // A pattern of files that needs quotes in a file of YAML: here those of the shell are enough.
  const yaml = /^(\*|\{(id|patient)\})/.test(value) ? JSON.stringify(value) : value;
  // A .net expression is kept as the text it is: in YAML a quoted string is one.
  const label = `--set ${key}`;
  if (key.includes('.')) {
    return overrideOf(key.replace(/^\./, '').split('.'), yaml, label, diagnostics);
  }
  const parameter = overrideOf(['parameters', key], JSON.stringify(value), label, diagnostics);
  const inExperiment: BareKey['at'] = (path, into) => overrideOf(path, yaml, label, into);
  return parameter && { ...parameter, bare: { key, at: inExperiment } };
}

/** `yaml` in place of what is at `path`; `label` names it in messages. */
export function overrideOf(
  path: Path,
  yaml: string,
  label: string,
  diagnostics: Diagnostics,
): Override | undefined {
  const source = parseYaml({ path: label, text: yaml }, diagnostics);
  return source && { path, source };
}

/** The experiment as plain data, the overrides in place; the later of two wins. */
export function mergedValue(base: YamlSource, overrides: readonly Override[]): unknown {
  const value: unknown = plainValue(base);
  writeOut(value);
  for (const { path, source } of overrides) {
    setAt(value, path, plainValue(source));
    writeOut(value);
  }
  replaceLength(value, overrides);
  return value;
}

/** A length that is given above takes the place of that in the file, in the other unit too. */
function replaceLength(value: unknown, overrides: readonly Override[]): void {
  const units = ['steps', 'epochs'];
  const given = units.filter((unit) =>
    overrides.some(({ path }) => path.length === 1 && path[0] === unit),
  );
  if (given.length !== 1 || !isRecord(value) || (value[given[0]!] ?? null) === null) return;
  for (const unit of units) if (unit !== given[0] && unit in value) value[unit] = null;
}

/** `loss: bce` is short for its kind, `weights: runs/x` for what they are from. */
function writeOut(value: unknown): void {
  if (!isRecord(value)) return;
  if (typeof value.loss === 'string') value.loss = { kind: value.loss };
  if (typeof value.weights === 'string') value.weights = { from: value.weights };
}

function setAt(root: unknown, path: Path, value: unknown): void {
  let at = root;
  for (const key of path.slice(0, -1)) {
    if (!isRecord(at)) return;
    if (!isRecord(at[key])) at[key] = at === root ? defaultSection(String(key)) : {};
    at = at[key];
  }
  if (isRecord(at)) at[path.at(-1) as string] = value;
}

const isRecord = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

/**
 * Where the value or the key at `path` was written: in the last override that gives it, else in the
 * file.
 */
export function spanIn(
  base: YamlSource,
  overrides: readonly Override[],
  path: Path,
  part: 'key' | 'value',
): Span {
  const giving = overrides.findLast((override) => begins(override.path, path));
  // A key above an override's may be known to no file: `--set x.y=1` makes an `x`.
  const making = overrides.findLast((override) => begins(path, override.path));
  const override = giving ?? (hasKey(base, path) ? undefined : making);
  const source = override?.source ?? base;
  const rest = path.slice(override?.path.length ?? 0);
  return part === 'key' && (rest.length > 0 || !override)
    ? spanOfKey(source, rest)
    : spanOfValue(source, rest);
}

const begins = (start: Path, path: Path): boolean => start.every((key, i) => path[i] === key);
