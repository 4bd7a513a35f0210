import { resolve, sep } from 'node:path';
import { visible } from '../../compiler/diagnostics/visible.js';

/** Folders without those that are named twice. */
export const distinct = (folders: readonly string[]): readonly string[] => [
  ...new Map(folders.map((folder) => [resolve(folder), folder])).values(),
];

/** What each of several folders is called: the end of its path, as long as it takes to tell it from the others. */
export function namesOf(folders: readonly string[]): readonly string[] {
  const parts = folders.map((folder) => resolve(folder).split(sep));
  const longest = Math.max(0, ...parts.map(({ length }) => length));
  const ends = (count: number): readonly string[] =>
    parts.map((some) => visible(some.slice(-count).join('/')));
  return parts.map((_, i) => {
    for (let count = 1; count < longest; count++) {
      const all = ends(count);
      if (all.indexOf(all[i]!) === all.lastIndexOf(all[i]!)) return all[i]!;
    }
    return ends(longest)[i]!;
  });
}
