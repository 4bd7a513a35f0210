import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import {
  type Diagnostic,
  type Diagnostics,
  diagnostic,
} from '../../compiler/diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../../compiler/source/source.js';
import { syntaxError } from './syntax-error.js';

/** A path into a YAML document: keys and indices. */
export type Path = readonly (string | number)[];

/** A YAML text that knows where its keys and values stand. */
export interface YamlSource {
  readonly file: SourceFile;
  readonly document: Document;
}

/** Parses `file`; what is no YAML is reported, and then the result is undefined. */
export function parseYaml(file: SourceFile, diagnostics: Diagnostics): YamlSource | undefined {
  // What it would warn of on standard error, such as a map for a key, the schema refuses.
  const document = parseDocument(file.text, { prettyErrors: false, logLevel: 'error' });
  // Those after the first are mostly its echoes.
  const [error] = document.errors;
  const found = error ? syntaxError(file, error) : unknownAlias(file, document);
  if (!found) return { file, document };
  diagnostics.add(found);
  return undefined;
}

/** `*name` without a `&name` before it. */
function unknownAlias(file: SourceFile, document: Document): Diagnostic | undefined {
  let lost: Node | undefined;
  visit(document, {
    Alias(_, node) {
      if (!node.resolve(document)) lost ??= node;
    },
  });
  if (!lost) return undefined;
  const name = isAlias(lost) ? lost.source : '';
  return diagnostic('NET0601', spanOfNode(file, lost), { kind: 'alias', name });
}

/** The value at `path`; where the text has none, what is short for it, or the place where what would hold it begins. */
export function spanOfValue({ file, document }: YamlSource, path: Path): Span {
  let node: unknown = document.contents;
  for (const key of path) {
    const next = isMap(node) || isSeq(node) ? node.get(key, true) : undefined;
    if (!isNode(next)) {
      const nearest = spanOfNode(file, node);
      return isScalar(node) ? nearest : startOf(nearest);
    }
    node = next;
  }
  return spanOfNode(file, node);
}

const startOf = ({ file, start }: Span): Span => ({ file, start, end: start });

/**
 * The key at the end of `path`: where an unknown key, or a section with something missing, is
 * shown.
 */
export function spanOfKey(source: YamlSource, path: Path): Span {
  if (path.length === 0) return startOf(spanOfNode(source.file, source.document.contents));
  const parent = source.document.getIn(path.slice(0, -1), true);
  const map = path.length === 1 ? source.document.contents : parent;
  const pair = isMap(map)
    ? map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === path.at(-1))
    : undefined;
  return pair && isScalar(pair.key) ? spanOfNode(source.file, pair.key) : spanOfValue(source, path);
}

function spanOfNode(file: SourceFile, node: unknown): Span {
  const range = isNode(node) ? (node as Node).range : undefined;
  if (!range) return { file, start: 0, end: 0 };
  // A block of keys or items goes up to where the next one begins.
  const [start, end] = range;
  return { file, start, end: start + file.text.slice(start, end).trimEnd().length };
}
