import { readFileSync } from 'node:fs';

interface Package {
  /** The package's folder; its path ends in a slash. */
  readonly folder: URL;
  readonly version: string;
}

/** netc's package: the nearest `package.json` above this file, wherever a build has put it. */
function ownPackage(): Package {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const found = packageAt(new URL('package.json', folder));
    if (found) return { folder, version: found.version };
    if (folder.pathname === '/') throw new Error('netc lies outside its package');
  }
}

/** netc's version, as its package says. */
export const version = (): string => ownPackage().version;

/** A file or folder that the package ships, such as `native/`. */
export const shipped = (path: string): URL => new URL(path, ownPackage().folder);

function packageAt(path: URL): { readonly version: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
