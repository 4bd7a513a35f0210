import { pictureEnding } from '../../../files/image-endings.js';
import type { Listed } from '../files.js';
import { partCalled } from '../parts.js';

/** A file of a group: what of its path the group leaves open. */
export interface Member {
  /** The folder in place of `*`; empty where the group has none. */
  readonly value: string;
  readonly stem: string;
}

/** Pictures that one pattern could find: those of a folder, or of folders that differ in one name, with one ending. */
export interface Group {
  /** The folder with `/` behind, `*` in place of the name that differs. */
  readonly folder: string;
  /** `.png`, or `.*` for any. */
  readonly ending: string;
  readonly members: readonly Member[];
}

const picture = new RegExp(`^(.*?)([^/]*?)(${pictureEnding.source})`, 'i');
export const isPicture = (path: string): boolean => pictureEnding.test(path);
/** How many groups are tried. */
const most = 16;

/** The largest groups of the files, those of one folder and ending and those of alike folders. */
export function groupsIn(files: readonly Listed[]): Group[] {
  const groups = new Map<string, { folder: string; ending: string; members: Member[] }>();
  const add = (folder: string, ending: string, member: Member): void => {
    const key = `${folder} ${ending}`;
    const group = groups.get(key);
    if (group) group.members.push(member);
    else groups.set(key, { folder, ending, members: [member] });
  };
  for (const { path } of files) {
    const [, folder, stem, written] = picture.exec(path) ?? [];
    if (written === undefined || /[*?{}]/.test(path)) continue;
    const ending = written.toLowerCase();
    const names = folder!.split('/').slice(0, -1);
    for (const end of [ending, '.*']) {
      add(folder!, end, { value: '', stem: stem! });
      for (const [i, value] of names.entries()) {
        add(`${names.with(i, '*').join('/')}/`, end, { value, stem: stem! });
      }
    }
  }
  return [...groups.values()].filter(isTelling).sort(bySize).slice(0, most);
}

/** Any ending only where there are several; a name left open only where it differs and says no role. */
function isTelling({ folder, ending, members }: Group, _: number, all: readonly Group[]): boolean {
  const isAllOf = (other: Group) =>
    other.ending !== '.*' && other.folder === folder && other.members.length === members.length;
  if (ending === '.*' && all.some(isAllOf)) return false;
  if (!folder.includes('*')) return true;
  const values = [...new Set(members.map(({ value }) => value))];
  const saysRole = (value: string) => evidenceOf(value) > 0 || isImages(value) || partCalled(value);
  return values.length > 1 && !values.some(saysRole);
}

const bySize = (a: Group, b: Group): number => b.members.length - a.members.length;

const isImages = (name: string): boolean => /^(images?|imgs?|pictures?|input|data)$/i.test(name);

const strong =
  /^(manual|gt|truth|groundtruth|labels?|segs?|segmentations?|segmented|annotations?|annot|annots|experts?|targets?)$/;
const weak = /^(masks?|binary)$/;

const fov = /^(fovs?|rois?|fields?|masks?)$/;

/** How much a name says that a file is a mask: 2 for a ground truth, 1 for a mask, which may be a field of view too. */
export function evidenceOf(text: string): number {
  const words = wordsOf(text);
  if (words.some((word) => strong.test(word))) return 2;
  return words.some((word) => weak.test(word)) ? 1 : 0;
}

/** Whether a name says that a file is a field of view. */
export const saysFov = (text: string): number =>
  Number(wordsOf(text).some((word) => fov.test(word)));

const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
