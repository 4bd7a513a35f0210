import { dirname, isAbsolute, join, relative } from 'node:path';
import { Document, isMap, isNode, isScalar, type Node } from 'yaml';
import type { Override } from '../experiments/overrides.js';
import { allAliases, type Path, type YamlSource } from '../yaml/source.js';

/**
 * What stands at `from` in a document as an override of `to`, so that an error in it is shown where it stands;
 * `value` in its place where given.
 */
export function overrideAt(source: YamlSource, from: Path, to: Path, value?: unknown): Override {
  const found = source.document.getIn(from, true);
  const node = isNode(found) ? (found as Node) : null;
  const document = new Document();
  document.contents = node as typeof document.contents;
  document.toJS = () => structuredClone(value ?? node?.toJS(source.document, allAliases) ?? null);
  return { path: to, source: { file: source.file, document } };
}

/**
 * What the variant at `at` changes of the experiment `base`. Sections are merged key by key, except those that name a
 * `kind` and `model`, which take the place of the experiment's. A parameter that is null is not given.
 */
export function variantOverrides(source: YamlSource, at: Path, base: YamlSource): Override[] {
  const variant = source.document.getIn(at, true);
  if (!isMap(variant)) return [];
  return variant.items.flatMap(({ key }): Override[] => {
    const name = String(isScalar(key) ? key.value : key);
    const from = [...at, name];
    if (name === 'name') return [];
    if (name === 'set') return settings(source, from);
    if (name === 'model') return [modelOverride(source, from, base)];
    if (name === 'parameters') return parameters(source, from, base);
    return merged(source, from, [name]);
  });
}

function parameters(source: YamlSource, from: Path, base: YamlSource): Override[] {
  const own = plainMap(source, from);
  if (!Object.values(own).includes(null)) return merged(source, from, ['parameters']);
  const all = Object.entries({ ...plainMap(base, ['parameters']), ...own });
  const given = Object.fromEntries(all.filter(([, value]) => value !== null));
  return [overrideAt(source, from, ['parameters'], given)];
}

function plainMap(source: YamlSource, at: Path): Record<string, unknown> {
  const value = source.document.getIn(at, true);
  return isMap(value) ? value.toJS(source.document, allAliases) : {};
}

function settings(source: YamlSource, from: Path): Override[] {
  const value = source.document.getIn(from, true);
  if (!isMap(value)) return [];
  return value.items.map(({ key }) => {
    const name = String(isScalar(key) ? key.value : key);
    const at = (path: Path): Override => overrideAt(source, [...from, name], path);
    if (name.includes('.')) return at(name.replace(/^\./, '').split('.'));
    return { ...at(['parameters', name]), bare: { key: name, at } };
  });
}

function merged(source: YamlSource, from: Path, to: Path): Override[] {
  const value = source.document.getIn(from, true);
  const isSection = isMap(value) && value.items.length > 0 && !value.has('kind');
  if (!isSection) return [overrideAt(source, from, to)];
  return value.items.flatMap(({ key }) => {
    const name = String(isScalar(key) ? key.value : key);
    return merged(source, [...from, name], [...to, name]);
  });
}

/** A model is sought from the file that names it. */
function modelOverride(source: YamlSource, from: Path, base: YamlSource): Override {
  const value = plainMap(source, from);
  const { path } = value;
  if (typeof path !== 'string' || isAbsolute(path)) return overrideAt(source, from, ['model']);
  const moved = relative(dirname(base.file.path), join(dirname(source.file.path), path));
  return overrideAt(source, from, ['model'], { ...value, path: moved });
}
