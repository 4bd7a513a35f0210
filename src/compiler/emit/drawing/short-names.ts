import type { Box } from '../diagram/diagram.js';

/** Names that are no longer than this stay as they are. */
const shortest = 4;

/** Whether a box has the name of a block or an operation. */
export const isNamed = ({ kind, children }: Box): boolean =>
  (kind === 'block' || kind === 'operation') && children.length === 0;

/** What stands for the long names of blocks and operations: `AG` for `AttentionGate`, `mP` for `maxPool`, each its own. */
export function shortNames(boxes: readonly Box[]): ReadonlyMap<string, string> {
  const titles = new Set<string>();
  const visit = (box: Box): void => {
    if (isNamed(box)) titles.add(box.title);
    box.children.forEach(visit);
  };
  boxes.forEach(visit);
  const taken = new Set([...titles].filter((title) => title.length <= shortest));
  const names = new Map<string, string>();
  for (const title of titles) {
    if (title.length <= shortest) continue;
    const name = candidates(title).find((candidate) => !taken.has(candidate)) ?? title;
    taken.add(name);
    if (name !== title) names.set(title, name);
  }
  return names;
}

/** The first letter with all capitals and digits; then with one letter more after another. */
function candidates(title: string): readonly string[] {
  const rest = title.slice(1);
  const capitals = rest.replace(/[^A-Z0-9]/g, '');
  return [...rest].map((_, i) => `${title[0]}${i === 0 ? '' : rest.slice(0, i)}${capitals}`);
}
