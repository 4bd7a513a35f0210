import { didYouMean } from '../../compiler/diagnostics/suggest.js';

/**
 * Whether a path of the network is meant by a pattern: `*` stands for any text between slashes, `**` for any text, and
 * what is below a path that matches is meant too, so that `encoder` is `encoder/**`.
 */
export function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map(expressionOf);
  return (path) => expressions.some((expression) => expression.test(path));
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern.replace(/\/(\*\*)?$/, '').split(/(\*\*\/|\*\*|\*)/);
  const source = parts.map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}(?:/|$)`);
}

/** A pattern that means no path, and what it may have been meant to be. */
export interface Stray {
  readonly index: number;
  readonly pattern: string;
  readonly guess: string | undefined;
}

/** The patterns that mean none of `paths`. */
export function straysOf(patterns: readonly string[], paths: readonly string[]): Stray[] {
  const parts = new Set(paths.flatMap(prefixesOf));
  return patterns.flatMap((pattern, index) => {
    if (paths.some(matcherOf([pattern]))) return [];
    const stem = pattern.replace(/\/\*\*?$/, '');
    return [{ index, pattern, guess: didYouMean(stem, parts) }];
  });
}

/** `a/b/c`, then `a/b`, then `a`. */
function prefixesOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
}

/** The fewest patterns that mean `chosen`, and nothing else of `all`. */
export function patternsFor(chosen: readonly string[], all: readonly string[]): string[] {
  const wanted = new Set(chosen);
  const others = new Set(all.filter((path) => !wanted.has(path)).flatMap(prefixesOf));
  const patterns = new Set<string>();
  for (const path of chosen) {
    const whole = prefixesOf(path).findLast((prefix) => !others.has(prefix)) ?? path;
    patterns.add(whole === path ? path : `${whole}/**`);
  }
  return [...patterns];
}
