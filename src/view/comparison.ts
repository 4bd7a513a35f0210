import { compare } from '../compiler/diff/compare.js';
import { differenceOf } from '../compiler/diff/difference.js';
import { type Network, networkOf } from '../compiler/diff/network.js';
import type { Application } from '../compiler/expand/application.js';
import { joinPath } from '../compiler/expand/expansion.js';
import type { ImageSize } from '../compiler/sizes/size.js';
import { printDifference } from '../runtime/reports/difference.js';
import { atSize } from './facts.js';
import type { Good } from './project.js';

/** How a box differs from the other variant's; `holds` where what is inside does. */
export type Mark = 'added' | 'removed' | 'changed' | 'holds';

type Marks = ReadonlyMap<string, Mark>;

/**
 * Which boxes of two networks differ, by their paths: those of the first that are gone or changed, those of the second that are
 * new or changed. None where no image is taken by both.
 */
export function marksOf(
  before: Good,
  after: Good,
  size: ImageSize,
): { readonly before: Marks; readonly after: Marks } | undefined {
  const both = atSize(() => [before, after].map(({ graph, tree }) => networkOf(graph, tree, size)));
  if (!both) return undefined;
  const [a, b] = both as [Network, Network];
  const [pathsA, pathsB] = [pathsOf(a.tree), pathsOf(b.tree)];
  const [inA, inB] = [new Map<string, Mark>(), new Map<string, Mark>()];
  for (const { kind, before: old, after: now } of compare(a, b)) {
    for (const each of old) inA.set(pathsA.get(each)!, kind === 'removed' ? 'removed' : 'changed');
    for (const each of now) inB.set(pathsB.get(each)!, kind === 'added' ? 'added' : 'changed');
  }
  return { before: upward(inA), after: upward(inB) };
}

/** What holds a difference is marked too, since it may be folded. */
function upward(marks: ReadonlyMap<string, Mark>): Marks {
  const all = new Map(marks);
  for (const path of marks.keys()) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const around = path.slice(0, at);
      if (!all.has(around)) all.set(around, 'holds');
    }
  }
  return all;
}

function pathsOf(tree: Application): ReadonlyMap<Application, string> {
  const paths = new Map<Application, string>();
  const visit = (application: Application, path: string): void => {
    for (const child of application.children) {
      const here = joinPath(path, child.segment);
      paths.set(child, here);
      visit(child, here);
    }
  };
  visit(tree, '');
  return paths;
}

/** In words, with what it costs; why not, where one of them takes no image of that size. */
export function differenceText(before: Good, after: Good, size: ImageSize): string {
  const side = ({ graph, chosen }: Good) => ({ model: graph.name, file: chosen.main.path });
  const pixels = `${size.height}x${size.width}`;
  const difference = atSize(() => differenceOf(before, after, size));
  if (!difference) return `no image of ${pixels} is taken by both, so they are not compared`;
  return printDifference(difference, [side(before), side(after)], pixels);
}
