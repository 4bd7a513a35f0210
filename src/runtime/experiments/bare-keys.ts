import { dirname, isAbsolute, join } from 'node:path';
import { checkFile } from '../../compiler/compile.js';
import { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { didYouMean } from '../../compiler/diagnostics/suggest.js';
import { chooseModel } from '../../compiler/names/variants.js';
import { diskReader } from '../files/source-reader.js';
import type { Path, YamlSource } from '../yaml/source.js';
import { isForeign } from './foreign.js';
import { type BareKey, mergedValue, type Override } from './overrides.js';
import { keys, pathsOfKey } from './schema/index.js';

/**
 * Overrides whose keys have no dot, each where it belongs (variants-4): a parameter of the model where the model has one of that
 * name; else the experiment's own key, at its top or in the only section that has it. A key of several sections is
 * reported. Where the model cannot be read they stay parameters: that has its own report.
 */
export function placeBareKeys(
  overrides: readonly Override[],
  base: YamlSource,
  diagnostics: Diagnostics,
): readonly Override[] {
  if (!overrides.some(({ bare }) => bare)) return overrides;
  const parameters = parametersOf(mergedValue(base, overrides), dirname(base.file.path));
  if (!parameters) return overrides;
  return overrides.flatMap((override) => {
    const { bare } = override;
    if (!bare || parameters.includes(bare.key)) return [override];
    const path = pathOf(override, bare, parameters, diagnostics);
    return path ? (bare.at(path, diagnostics) ?? []) : [{ ...override, bare: undefined }];
  });
}

/** Where in the experiment a key is that is no parameter of the model; undefined where it is left to be one. */
function pathOf(
  { source }: Override,
  { key }: BareKey,
  parameters: readonly string[],
  diagnostics: Diagnostics,
): Path | undefined {
  if (keys.includes(key)) return [key];
  // A slip in the name of a parameter is told as one.
  if (didYouMean(key, parameters) !== undefined) return undefined;
  const paths = pathsOfKey(key);
  if (paths.length === 1) return paths[0];
  if (paths.length > 1) {
    const { file } = source;
    const span = { file, start: 0, end: file.text.length };
    const facts = { kind: 'several', key, paths: paths.map((path) => path.join('.')) } as const;
    diagnostics.report('NET0602', span, facts);
    return undefined;
  }
  // What the experiment knows only by another name is told by that.
  const isItsOwn = isForeign(key) || didYouMean(key, keys) !== undefined;
  return isItsOwn ? [key] : undefined;
}

/** The names of the parameters of the experiment's model; undefined where it cannot be read or told. */
function parametersOf(value: unknown, folder: string): readonly string[] | undefined {
  const { path, name } =
    (value as { model?: { path?: unknown; name?: unknown } } | null)?.model ?? {};
  if (typeof path !== 'string') return undefined;
  const { main } = checkFile(isAbsolute(path) ? path : join(folder, path), diskReader());
  const wanted = typeof name === 'string' ? name : undefined;
  const chosen = main && chooseModel(main, wanted, new Diagnostics());
  return chosen?.definition.parameters.map((parameter) => parameter.name.text);
}
