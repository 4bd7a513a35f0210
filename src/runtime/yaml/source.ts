import { type Document, isMap, isScalar, parseDocument } from 'yaml';
import type { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../../compiler/source/source.js';
import { faultOf } from './faults.js';
import { childOf, pairOf, spanOfNode } from './places.js';
import { syntaxError, tooDeep } from './syntax-error.js';

/** A path into a YAML document: keys and indices. */
export type Path = readonly (string | number)[];

/** A YAML text that knows where its keys and values stand. */
export interface YamlSource {
  readonly file: SourceFile;
  readonly document: Document;
}

/** Parses `file`; what is not YAML is reported, and then the result is undefined. */
export function parseYaml(file: SourceFile, diagnostics: Diagnostics): YamlSource | undefined {
  const document = documentOf(file);
  // Those after the first are mostly its echoes.
  const [error] = document?.errors ?? [];
  const found = !document
    ? tooDeep(file)
    : error
      ? syntaxError(file, error)
      : faultOf(file, document);
  if (document && !found) return { file, document };
  if (found) diagnostics.add(found);
  return undefined;
}

/** Undefined where values lie deeper inside one another than the reader can follow. */
function documentOf({ text }: SourceFile): Document | undefined {
  try {
    // Its own check of keys compares each with all. What it would warn of on standard error, such as a map for a key, the
    // schema refuses.
    return parseDocument(text, { prettyErrors: false, logLevel: 'error', uniqueKeys: false });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The document as plain data, every alias a copy of what it repeats: what is changed in one place stays out of the others. */
export const plainValue = ({ document }: Pick<YamlSource, 'document'>): unknown =>
  copied(document.toJS(allAliases));

/** Their number has been checked. */
export const allAliases = { maxAliasCount: -1 } as const;

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]));
}

/** The value at `path`; where the text has none, what is short for it, or the place where what would hold it begins. */
export function spanOfValue({ file, document }: YamlSource, path: Path): Span {
  let node: unknown = document.contents;
  for (const key of path) {
    const next = childOf(node, key);
    if (!next) {
      const nearest = spanOfNode(file, node);
      return isScalar(node) ? nearest : startOf(nearest);
    }
    node = next;
  }
  return spanOfNode(file, node);
}

const startOf = ({ file, start }: Span): Span => ({ file, start, end: start });

/** Whether the text has the key at the end of `path`, whatever its value. */
export function hasKey({ document }: YamlSource, path: Path): boolean {
  let parent: unknown = document.contents;
  for (const key of path.slice(0, -1)) parent = childOf(parent, key);
  const last = path.at(-1);
  if (last === undefined) return true;
  return isMap(parent) ? pairOf(parent, last) !== undefined : childOf(parent, last) !== undefined;
}

/**
 * The key at the end of `path`: where an unknown key, or a section with something missing, is
 * shown.
 */
export function spanOfKey(source: YamlSource, path: Path): Span {
  if (path.length === 0) return startOf(spanOfNode(source.file, source.document.contents));
  let parent: unknown = source.document.contents;
  for (const key of path.slice(0, -1)) parent = childOf(parent, key);
  const pair = isMap(parent) ? pairOf(parent, path.at(-1)!) : undefined;
  return pair ? spanOfNode(source.file, pair.key) : spanOfValue(source, path);
}
