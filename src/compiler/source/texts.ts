import type { SourceReader } from './source.js';

/** Reads texts by their paths, such as `lib/units.net`; an import is found from the folder of the file that has it. */
export const readerOfTexts = (texts: Readonly<Record<string, string>>): SourceReader => ({
  read(path) {
    const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
    return text === undefined ? undefined : { path, text };
  },
  resolve: (from, specifier) =>
    specifier.startsWith('/')
      ? specifier
      : normalised(`${from.slice(0, from.lastIndexOf('/') + 1)}${specifier}`),
});

/** A path without `.`, and without `..` but at its beginning. */
function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    const above = parts.at(-1);
    if (part === '..' && above !== undefined && above !== '..' && above !== '') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
