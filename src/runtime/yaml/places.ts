import { isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { SourceFile, Span } from '../../compiler/source/source.js';

/** Where a node stands in its text. */
export function spanOfNode(file: SourceFile, node: unknown): Span {
  const range = isNode(node) ? (node as Node).range : undefined;
  if (!range) return { file, start: 0, end: 0 };
  // A block of keys or items goes up to where the next one begins.
  const [start, end] = range;
  return { file, start, end: start + file.text.slice(start, end).trimEnd().length };
}

/** What stands at a key or an index of a node; undefined where nothing does. */
export function childOf(node: unknown, key: string | number): Node | undefined {
  const child = isMap(node) ? pairOf(node, key)?.value : isSeq(node) ? node.get(key, true) : null;
  return isNode(child) ? child : undefined;
}

/** Pairs by the text of their key: a section may have as many keys as its writer likes. */
const indices = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

/** The pair of a section with this key. */
export function pairOf(map: YAMLMap, key: string | number): Pair | undefined {
  let index = indices.get(map);
  if (!index) {
    const named = map.items.filter((item) => isPair(item) && isScalar(item.key));
    index = new Map(named.map((item) => [String((item.key as { value: unknown }).value), item]));
    indices.set(map, index);
  }
  return index.get(String(key));
}
