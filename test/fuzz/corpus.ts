import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Text {
  readonly path: string;
  readonly text: string;
}

/** Longer ones take long, and say nothing more. */
const mostCharacters = 20_000;

/** The texts of the project below `folders` whose names end so, without what is expected of tests, in order. */
export function corpus(folders: readonly string[], ending: string): readonly Text[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => path.endsWith(ending) && statSync(path).isFile())
    .sort()
    .map((path) => ({ path, text: textAt(path) }))
    .filter(({ text }) => text.length < mostCharacters);
}

/** Without the expected output that follows some. */
const textAt = (path: string): string =>
  readFileSync(path, 'utf8').split(/^(?:\/\/|#) --- expected ---$/m)[0]!;
