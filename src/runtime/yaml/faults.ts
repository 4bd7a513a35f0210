import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { FactsOf } from '../../compiler/diagnostics/codes.js';
import { type Diagnostic, diagnostic } from '../../compiler/diagnostics/diagnostic.js';
import type { SourceFile } from '../../compiler/source/source.js';
import { spanOfNode } from './places.js';

/** How deep values may lie inside one another; those of an experiment lie six deep at most. */
export const deepest = 100;

/** How many values all aliases of a text together may stand for. */
export const mostRepeated = 10_000;

/** A value as it counts where an alias repeats it. */
interface Extent {
  /** Itself and all inside it. */
  readonly values: number;
  /** Levels of it and of what is inside. */
  readonly levels: number;
}

/**
 * What is wrong with a document that is YAML: a key twice in one section, an alias of nothing or of what it is in, aliases
 * that stand for too much, values too deep inside one another. The first in the order of the text; undefined where it is
 * sound, and then its plain value is finite and small. One walk, in time linear in the text.
 */
export function faultOf(file: SourceFile, document: Document): Diagnostic | undefined {
  const walk = new Walk(file);
  walk.enter(document.contents, 1);
  return walk.fault;
}

class Walk {
  fault: Diagnostic | undefined;
  readonly #marked = new Map<string, Node>();
  readonly #extents = new Map<Node, Extent>();
  #repeated = 0;

  constructor(private readonly file: SourceFile) {}

  enter(node: unknown, level: number): Extent {
    if (this.fault) return nothing;
    if (isAlias(node)) return this.#alias(node, node.source, level);
    if (!isMap(node) && !isSeq(node)) {
      if (isScalar(node)) this.#mark(node, { values: 1, levels: 1 });
      return { values: 1, levels: 1 };
    }
    if (level > deepest) return this.#report(node, { kind: 'deep', levels: deepest });
    // An alias inside it finds the mark, and no extent yet.
    this.#mark(node);
    if (isMap(node)) this.#keysOf(node.items);
    let [values, levels] = [1, 1];
    for (const child of childrenOf(node)) {
      const inner = this.enter(child, level + 1);
      values += inner.values;
      levels = Math.max(levels, 1 + inner.levels);
    }
    this.#extents.set(node, { values, levels });
    return { values, levels };
  }

  #mark(node: Node, extent?: Extent): void {
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) this.#marked.set(anchor, node);
    if (anchor !== undefined && extent) this.#extents.set(node, extent);
  }

  #alias(node: Node, name: string, level: number): Extent {
    const repeated = this.#marked.get(name);
    if (!repeated) return this.#report(node, { kind: 'alias', name });
    const extent = this.#extents.get(repeated);
    if (!extent) return this.#report(node, { kind: 'circle', name });
    this.#repeated += extent.values;
    if (this.#repeated > mostRepeated)
      return this.#report(node, { kind: 'repeated', most: mostRepeated });
    if (level + extent.levels > deepest)
      return this.#report(node, { kind: 'deep', levels: deepest });
    return extent;
  }

  /** Keys are told apart as the texts they become. */
  #keysOf(items: readonly Pair[]): void {
    const seen = new Set<string>();
    for (const { key } of items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      if (seen.has(name)) {
        this.#report(key, { kind: 'twice', key: name });
        return;
      }
      seen.add(name);
    }
  }

  #report(node: Node, facts: FactsOf<'NET0601'>): Extent {
    this.fault ??= diagnostic('NET0601', spanOfNode(this.file, node), facts);
    return nothing;
  }
}

const nothing: Extent = { values: 0, levels: 0 };

function* childrenOf(node: Node): Iterable<unknown> {
  if (isSeq(node)) yield* node.items;
  else if (isMap(node)) {
    for (const { key, value } of node.items) {
      yield key;
      yield value;
    }
  }
}
