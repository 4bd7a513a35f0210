import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One `import` or `export ... from` of a file of the project. */
export interface Import {
  readonly to: string;
  /** Types are gone at run time. */
  readonly isType: boolean;
}

/** A file under src, by its path from there. */
export interface Module {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const statement = /^(?:import|export)\s+(?:(type\s)?([^'";]*?)\s*from\s+)?'(\.[^']+)';/gm;
const lazy = /\bimport\('(\.[^']+)'\)/g;

/** All that `text` imports of the project; what is imported when a function runs is no part of a circle of loading. */
function importsOf(path: string, text: string): readonly Import[] {
  const at = (specifier: string): string =>
    join(dirname(path), specifier).replaceAll('\\', '/').replace(/\.js$/, '.ts');
  const written = [...text.matchAll(statement)].map(([, type, names = '', specifier = '']) => {
    const inBraces = /^\{(.*)\}$/s.exec(names.trim())?.[1]?.split(',') ?? [];
    const each = inBraces.map((name) => name.trim()).filter((name) => name !== '');
    const isType = !!type || (each.length > 0 && each.every((name) => name.startsWith('type ')));
    return { to: at(specifier), isType };
  });
  const loaded = [...text.matchAll(lazy)].map(([, specifier = '']) => ({
    to: at(specifier),
    isType: true,
  }));
  return [...written, ...loaded];
}

export function modulesUnder(root: string): readonly Module[] {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, imports: importsOf(path, text) };
    });
}

/** Sets of two or more modules that each reach the others (Tarjan 1972). */
export function circlesOf(
  modules: readonly Module[],
  counts: (one: Import) => boolean,
): readonly (readonly string[])[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (path: string): number => {
    const number = numbers.size;
    numbers.set(path, number);
    stack.push(path);
    let low = number;
    for (const { to } of byPath.get(path)?.imports.filter(counts) ?? []) {
      if (!byPath.has(to)) continue;
      if (!numbers.has(to)) low = Math.min(low, visit(to));
      else if (stack.includes(to)) low = Math.min(low, lowest.get(to) ?? numbers.get(to) ?? low);
    }
    lowest.set(path, low);
    if (low === number) {
      const circle = stack.splice(stack.indexOf(path));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const { path } of modules) if (!numbers.has(path)) visit(path);
  return circles;
}
