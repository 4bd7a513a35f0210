import { readFileSync } from 'node:fs';

/** netc's version, as its package says: the nearest `package.json` above this file, wherever a build has put it. */
export function version(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const found = packageAt(new URL('package.json', folder));
    if (found) return found.version;
    if (folder.pathname === '/') throw new Error('netc lies outside its package');
  }
}

function packageAt(path: URL): { readonly version: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
