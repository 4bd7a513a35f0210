import { InputError } from '../../errors.js';
import { endings } from '../formats/read-picture.js';

/** Which files of a folder play a part, such as `images/{id}.*` or `Image_{id}_1stHO.png`. */
export interface Pattern {
  readonly text: string;
  /** The id of the file at a path from the root with `/`; undefined where it plays another part. */
  readonly idOf: (path: string) => string | undefined;
  /** How many letters are written out: of two patterns that match a file the one with more has it. */
  readonly letters: number;
}

const pieces = /\{id\}|\.\*$|\*|\?|[^*?{.]+|./g;
const wild: Readonly<Record<string, string>> = {
  '{id}': '(?<id>[^/]+?)',
  '.*': `\\.(?:${endings.join('|')})`,
  '*': '[^/]*',
  '?': '[^/]',
};

/**
 * `{id}` stands for what names of one image have in common, `*` and `?` for any letters, each within one folder; `.*` at
 * the end is any known ending of a picture. A `.gz` may follow. Throws `InputError` where there is not one `{id}`.
 */
export function patternOf(text: string, key: string): Pattern {
  if (text.split('{id}').length !== 2) {
    throw new InputError(`${key} must have {id} once, as images/{id}.*, not ${text}`);
  }
  const parts = text.replace(/^\.\//, '').match(pieces) ?? [];
  const source = parts
    .map((part) => wild[part] ?? part.replace(/[\\^$.+()[\]{}|]/g, '\\$&'))
    .join('');
  const expression = new RegExp(`^${source}(?:\\.gz)?$`, 'i');
  return {
    text,
    idOf: (path) => expression.exec(path)?.groups?.id,
    letters: parts.filter((part) => !(part in wild)).join('').length,
  };
}
