import { InputError } from '../../errors/errors.js';
import { endings } from '../../files/image-endings.js';

/** What a pattern finds in a path. */
export interface Found {
  readonly id: string;
  /** Null where the pattern has no `{patient}`. */
  readonly patient: string | null;
  /** How many letters of the pattern are written out: of two patterns that match a file the one with more has it. */
  readonly letters: number;
  /** The pattern, where one file an image is meant; null where several are, whose union counts. */
  readonly alone: string | null;
}

/** Which files of a folder play a part, such as `images/{id}.*` or `Image_{id}_1stHO.png`. */
export interface Pattern {
  readonly text: string;
  readonly hasPatient: boolean;
  /** What it finds in a path from the root with `/`; undefined where the file plays another part. */
  readonly find: (path: string) => Found | undefined;
}

const pieces = /\{id\}|\{patient\}|\*\*\/|\.\*$|\*|\?|[^*?{.]+|./g;
const wild: Readonly<Record<string, string>> = {
  '{id}': '(?<id>[^/]+?)',
  '{patient}': '(?<patient>[^/]+?)',
  '**/': '(?:[^/]+/)*',
  '.*': `\\.(?:${endings.join('|')})`,
  '*': '[^/]*',
  '?': '[^/]',
};
/** Two of these side by side leave open where the one ends. */
const open = new Set(['{id}', '{patient}', '*']);

/**
 * `{id}` stands for what names of one image have in common, `{patient}` for the patient, `*` and `?` for any letters,
 * each within one folder; the same word again is the same text. `**` and a slash are any folders, or none; `.*` at the end is
 * any known ending of a picture. A `.gz` may follow. With `*` in the name of the file several files may be of one image.
 * Throws `InputError` where there is no `{id}`, or where it is open where one of them ends.
 *
 * @param key the setting it comes from, for messages.
 * @param id a regular expression of the ids, in place of any text within one folder.
 */
export function patternOf(text: string, key: string, id?: string): Pattern {
  const spelt = text.replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC');
  const parts: readonly string[] = spelt.match(pieces) ?? [];
  if (!parts.includes('{id}')) {
    throw new InputError(`${key} must have {id}, as images/{id}.*, not ${text}`);
  }
  const i = parts.findIndex((part, n) => open.has(part) && open.has(parts[n + 1]!));
  if (i >= 0 && id === undefined) {
    throw new InputError(
      `${key} has ${parts[i]} and ${parts[i + 1]} side by side in ${text}: write the letters between them, as {id}_*.png`,
    );
  }
  const expression = new RegExp(`^${sourceOf(parts, id)}(?:\\.gz)?$`, 'i');
  const letters = parts.filter((part) => !(part in wild)).join('').length;
  const name = spelt.slice(spelt.lastIndexOf('/') + 1).replace(/\.\*$/, '');
  const alone = name.includes('*') && id === undefined ? null : text;
  return {
    text,
    hasPatient: parts.includes('{patient}'),
    find(path) {
      const groups = expression.exec(path)?.groups;
      return groups && { id: groups.id!, patient: groups.patient ?? null, letters, alone };
    },
  };
}

function sourceOf(parts: readonly string[], id: string | undefined): string {
  const seen = new Set<string>();
  return parts
    .map((part) => {
      if (!(part in wild)) return part.replace(/[\\^$.+()[\]{}|]/g, '\\$&');
      if (seen.has(part) && part.startsWith('{')) return `\\k<${part.slice(1, -1)}>`;
      seen.add(part);
      return part === '{id}' && id !== undefined ? `(?<id>${id})` : wild[part];
    })
    .join('');
}

/** The files of any of the patterns: where several match, that with the most letters. */
export function anyOf(patterns: readonly Pattern[]): Pattern {
  if (patterns.length === 1) return patterns[0]!;
  return {
    text: patterns.map(({ text }) => text).join(' or '),
    hasPatient: patterns.some(({ hasPatient }) => hasPatient),
    find: (path) =>
      patterns
        .map((pattern) => pattern.find(path))
        .filter((found) => found !== undefined)
        .sort((a, b) => b.letters - a.letters)[0],
  };
}

/** The pattern of one image's file, for messages. */
export const textFor = (
  { text }: Pattern,
  { id, patient }: Pick<Found, 'id' | 'patient'>,
): string =>
  text
    .replaceAll('{id}', id)
    .replaceAll('{patient}', patient ?? '{patient}')
    .replaceAll('**/', '');
