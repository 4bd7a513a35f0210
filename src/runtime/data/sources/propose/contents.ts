import type { Listed } from '../files.js';
import { groupsIn } from './groups.js';

const archive = /^[^/]+\.(zip|rar|7z|tar|tgz|tar\.gz)$/i;
/** How many are named. */
const named = 4;

/** What folders hold, the fullest first: `a/*.png (20)`; archives where there are no pictures. */
export function contentsOf(files: readonly Listed[]): string {
  const pictures = groupsIn(files)
    .filter(({ folder, ending }) => !folder.includes('*') && ending !== '.*')
    .map(({ folder, ending, members }) => `${folder}*${ending} (${members.length})`);
  if (pictures.length > 0) return pictures.slice(0, named).join(', ');
  const archives = files.map(({ path }) => path).filter((path) => archive.test(path));
  return archives.length === 0
    ? 'no pictures'
    : `${archives.slice(0, named).join(', ')}, still to be unpacked`;
}
