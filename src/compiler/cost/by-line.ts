import type { Origin } from '../source/origin.js';
import { positionAt, type Span } from '../source/source.js';
import { type Amounts, adding, type Numbers, noAmounts, type Place, type Share } from './shares.js';

/** What a line of a `.net` file costs, at all instances of it together. */
export interface LineCost<All = Amounts> {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  readonly text: string;
  /** Of the operations and built-in blocks that are applied in this line. Over all lines, the whole model. */
  readonly own: All;
  /** With all that is inside the blocks applied in this line. */
  readonly all: All;
}

/** The lines that cost something, by file in the order of the first use, then by number. */
export const costsByLine = (shares: readonly Share[]): readonly LineCost[] =>
  byLine(shares, noAmounts);

/** The sums by line of any numbers, named as those of `none`. */
export function byLine<Name extends string>(
  shares: readonly (Place & Numbers<NoInfer<Name>>)[],
  none: Numbers<Name>,
): readonly LineCost<Numbers<Name>>[] {
  type Line = LineCost<Numbers<Name>>;
  const add = adding(none);
  const lines = new Map<string, { -readonly [K in keyof Line]: Line[K] }>();
  const files = new Map<string, number>();
  const lineOf = memoised(lineAt);
  for (const share of shares) {
    const sites = sitesOf(share.origin, lineOf);
    for (const [key, { file, line, text }] of sites) {
      if (!files.has(file)) files.set(file, files.size);
      const cost = lines.get(key) ?? { file, line, text, own: none, all: none };
      cost.all = add(cost.all, share);
      lines.set(key, cost);
    }
    const [innermost] = sites.keys();
    const own = lines.get(innermost!);
    if (own) own.own = add(own.own, share);
  }
  return [...lines.values()].sort(
    (a, b) => files.get(a.file)! - files.get(b.file)! || a.line - b.line,
  );
}

type SourceLine = Pick<LineCost, 'file' | 'line' | 'text'>;

/** The lines of an application and of those around it, innermost first; one line of a recursion once. */
function sitesOf(
  origin: Origin | null,
  lineOf: (site: Span) => SourceLine,
): ReadonlyMap<string, SourceLine> {
  const sites = new Map<string, SourceLine>();
  for (let at = origin; at; at = at.parent) {
    const line = lineOf(at.site);
    sites.set(`${line.file}:${line.line}`, line);
  }
  return sites;
}

function lineAt({ file, start }: Span): SourceLine {
  const { line } = positionAt(file, start);
  return { file: file.path, line, text: file.text.split('\n')[line - 1]!.trim() };
}

/** A thousand nodes come from a few dozen places in the text. */
function memoised<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
