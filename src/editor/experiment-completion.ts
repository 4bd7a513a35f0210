import { Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { loadModules } from '../compiler/load/modules.js';
import { calleeNamed } from '../compiler/names/bind.js';
import { modelNames } from '../compiler/names/variants.js';
import { textOf } from '../compiler/source/source.js';
import type { Module } from '../compiler/syntax/module.js';
import { isBuiltIn } from '../compiler/values/callable.js';
import { kinds, schema } from '../runtime/experiments/schema/index.js';
import { type Completion, type Completions, pathsFrom } from './completion.js';
import type { Workspace } from './workspace.js';
import { type YamlPlace, yamlPlaceAt } from './yaml-place.js';

type Schema = Readonly<Record<string, unknown>>;

/** Keys and values of the experiment at `path`, from its schema and its model. */
export function experimentCompletionsAt(
  workspace: Workspace,
  path: string,
  offset: number,
): Completions {
  const text = workspace.reader.read(path)?.text ?? '';
  const place = yamlPlaceAt(text, offset);
  const items =
    place.key === null
      ? keysAt(workspace, path, place)
      : valuesAt(workspace, path, place, place.key);
  return { items, start: place.start, end: place.end };
}

/** The properties of the section in which a place is; a section in kinds has those of its kind. */
function propertiesAt({ section, settingAt }: YamlPlace): Readonly<Record<string, Schema>> {
  let at: Schema = schema;
  for (const key of section)
    at = (at.properties as Record<string, Schema> | undefined)?.[key] ?? {};
  const ofKind = section.length === 1 ? kinds[section[0]!] : undefined;
  const kind = ofKind?.[settingAt([...section, 'kind']) ?? ''];
  return { ...(at.properties as Record<string, Schema>), ...(kind?.properties as object) };
}

function keysAt(workspace: Workspace, path: string, place: YamlPlace): readonly Completion[] {
  if (place.section[0] === 'parameters') return parametersOf(workspace, path, place);
  const items = Object.entries(propertiesAt(place)).map(([label, property]): Completion => {
    const fallback =
      property.default === undefined ? '' : `, ${JSON.stringify(property.default)} where left out`;
    const doc = String(property.description ?? propertyOfKinds(place, label));
    return {
      label,
      kind: 'key',
      detail: `${typeOf(property)}${fallback}`,
      doc,
      insert: `${label}: `,
    };
  });
  return items.filter(({ label }) => !place.siblings.includes(label));
}

const propertyOfKinds = ({ section }: YamlPlace, label: string): string =>
  label === 'kind' ? `Which ${section.at(-1)}.` : '';

function typeOf({ type, enum: values }: Schema): string {
  if (Array.isArray(values)) return values.join(' | ');
  return type === undefined ? 'a kind' : String(type);
}

function valuesAt(
  workspace: Workspace,
  path: string,
  place: YamlPlace,
  key: string,
): readonly Completion[] {
  const value = (label: string): Completion => ({ label, kind: 'value' });
  const where = [...place.section, key].join('.');
  if (where === 'model.path') {
    return pathsFrom(workspace, path).map((label) => ({ label, kind: 'file' }));
  }
  if (where === 'model.name') {
    const main = modelOf(workspace, path, place);
    return (main ? modelNames(main.file) : []).map((label) => ({ label, kind: 'model' }));
  }
  // The schema of one kind knows that kind alone; the section's own knows all.
  const ofKind =
    key === 'kind' && place.section.length === 1 ? kinds[place.section[0]!] : undefined;
  if (ofKind) return Object.keys(ofKind).map(value);
  const property = propertiesAt(place)[key] ?? {};
  if (Array.isArray(property.enum)) return property.enum.map(String).map(value);
  return property.type === 'boolean' ? ['true', 'false'].map(value) : [];
}

/** The file of the experiment's model. */
function modelOf(workspace: Workspace, path: string, { settingAt }: YamlPlace): Module | undefined {
  const file = settingAt(['model', 'path']);
  if (!file) return undefined;
  const { reader, cache } = workspace;
  return loadModules(reader.resolve(path, file), reader, new Diagnostics(), cache.parse)?.main;
}

function parametersOf(workspace: Workspace, path: string, place: YamlPlace): readonly Completion[] {
  const main = modelOf(workspace, path, place);
  const name = place.settingAt(['model', 'name']) ?? (main ? modelNames(main.file)[0] : undefined);
  const callee = main && name ? calleeNamed(name, main) : undefined;
  if (!callee || isBuiltIn(callee) || callee.kind !== 'model') return [];
  return callee.parameters
    .filter(({ name: { text } }) => !place.siblings.includes(text))
    .map(({ name: { text }, span }) => ({
      label: text,
      kind: 'parameter',
      detail: textOf(span),
      insert: `${text}: `,
    }));
}
