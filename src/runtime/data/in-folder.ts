import { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { DiagnosedError } from '../errors/errors.js';
import type { DataOptions } from '../experiments/options/data.js';
import { mergedValue, type Override, parseOverride, spanIn } from '../experiments/overrides.js';
import { validate } from '../experiments/validate.js';
import { reportSchemaErrors } from '../yaml/schema-errors.js';
import { parseYaml, type YamlSource } from '../yaml/source.js';
import { filesBelow, requireRoot } from './sources/files.js';
import { kindOf } from './sources/known.js';

/** What a published dataset does not leave open: who sets it means a folder. */
const ofFolders = ['images', 'masks', 'fov', 'labels', 'patient'];

/**
 * The dataset in a folder that no experiment describes, by its names: where none is known, images and masks.
 *
 * @param set settings as `data.masks=labels/{id}.*`. Throws `DiagnosedError` where they do not fit.
 */
export async function dataInFolder(
  root: string,
  set: readonly string[] = [],
): Promise<DataOptions> {
  await requireRoot(root, 'images and masks');
  const diagnostics = new Diagnostics();
  const overrides = set
    .map((setting) => parseOverride(setting, diagnostics))
    .filter((override): override is Override => override !== undefined);
  const isFolder = overrides.some(({ path }) => ofFolders.includes(String(path[1])));
  const kind = (isFolder ? undefined : kindOf(await filesBelow(root))) ?? 'folder';
  const text = JSON.stringify({ data: { kind, root } });
  const base = parseYaml({ path: root, text }, diagnostics) as YamlSource;
  const value = mergedValue(base, overrides) as { data: DataOptions };
  // An experiment would need more than its data.
  const errors = validate(value).filter(({ path }) => path[0] === 'data');
  const spanOf = (path: readonly (string | number)[], part: 'key' | 'value') =>
    spanIn(base, overrides, path, part);
  reportSchemaErrors(errors, spanOf, diagnostics);
  if (diagnostics.hasErrors) throw new DiagnosedError(diagnostics.all());
  return value.data;
}
