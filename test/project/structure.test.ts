import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { functionsOf, type Sized } from './functions.js';
import { circlesOf, modulesUnder } from './modules.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const modules = modulesUnder(join(root, 'src'));

/** `compiler/ir` of `compiler/ir/print.ts`, `cli` of `cli/main.ts`, `compiler` of `compiler/compile.ts`. */
const roomOf = (path: string): string => path.split('/').slice(0, -1).slice(0, 2).join('/');

/** Those that `paths` are in. */
const roomsOf = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths.map(roomOf))].sort();

interface Row {
  readonly room: string;
  /** What it imports, as the page has it. */
  readonly imports: readonly string[];
}

const page = join(root, 'docs/pipeline.md');
/** The map's rows: | `room` | what for | `other`, `another` |. */
const table = /(?<=^\| folder \| .*\| imports \|\n.*\n)(?:\|.*\n)+/m;

const codesIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

function rowsOfMap(text: string): readonly Row[] {
  const lines = table.exec(text)?.[0].trimEnd().split('\n') ?? [];
  const cells = lines.map((line) => line.split('|').slice(1, -1));
  return cells.map((row) => ({ room: codesIn(row[0])[0] ?? '', imports: codesIn(row.at(-1)) }));
}

if (process.env.UPDATE_EXPECTED) {
  const text = readFileSync(page, 'utf8');
  const anew = (line: string): string => {
    const arrows = arrowsOf(codesIn(line)[0] ?? '').map((one) => `\`${one}\``);
    return line.replace(/\|[^|]*\|$/, `| ${arrows.join(', ')} |`).replace('|  |', '| |');
  };
  writeFileSync(
    page,
    text.replace(table, (rows) => rows.replace(/^.*$/gm, (line) => line && anew(line))),
  );
}

const rows = rowsOfMap(readFileSync(page, 'utf8'));

/**
 * An arrow between two rooms as the map has it: the rooms of one side of the project each by itself, within it without its
 * name; of another side the side as a whole.
 */
function namedFrom(room: string, other: string): string {
  const [side, own] = other.split('/');
  return side === room.split('/')[0] && own !== undefined ? own : side!;
}

function arrowsOf(room: string): readonly string[] {
  const own = modules.filter(({ path }) => roomOf(path) === room);
  const others = own.flatMap(({ imports }) => imports.map(({ to }) => roomOf(to)));
  const named = others.filter((other) => other !== room).map((other) => namedFrom(room, other));
  return [...new Set(named)].sort();
}

describe('the map in docs/pipeline.md', () => {
  it('has every folder', () => {
    const folders = ['compiler', 'runtime', 'view'].flatMap((side) =>
      readdirSync(join(root, 'src', side), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${side}/${name}`),
    );
    const named = rows.map(({ room }) => room);
    expect(named.filter((room) => room.includes('/')).sort()).toEqual(folders.sort());
    expect(named.filter((room) => !existsSync(join(root, 'src', room)))).toEqual([]);
  });

  it.each(rows)('has what $room imports, and no more', ({ room, imports }) => {
    expect([...imports].sort()).toEqual(arrowsOf(room));
  });

  it.each(rows.map((row, i) => ({ ...row, above: rows.slice(0, i) })))(
    'has all that $room imports above it',
    ({ room, imports, above }) => {
      const higher = above.map((row) => namedFrom(room, row.room));
      expect(imports.filter((one) => !higher.includes(one))).toEqual([]);
    },
  );
});

test('no modules load each other in a circle', () => {
  const circles = circlesOf(modules, ({ isType }) => !isType).map(roomsOf);
  expect(circles).toEqual([]);
});

test('types go in a circle within a folder only', () => {
  const circles = circlesOf(modules, () => true).map(roomsOf);
  expect(circles.filter((rooms) => rooms.length > 1)).toEqual([]);
});

/** The number that a share of `all` are no greater than. */
const quantile = (all: readonly number[], share: number): number =>
  all.toSorted((a, b) => a - b)[Math.floor(share * (all.length - 1))]!;

describe('sizes', () => {
  const files = modules.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
  const functions: readonly Sized[] = modules.flatMap(({ path, text }) => functionsOf(path, text));

  function report(what: string, all: readonly { readonly path: string; readonly lines: number }[]) {
    const lines = all.map((one) => one.lines);
    const largest = all.toSorted((a, b) => b.lines - a.lines).slice(0, 3);
    const numbers = `median ${quantile(lines, 0.5)}, p95 ${quantile(lines, 0.95)}`;
    const named = largest.map(({ path, lines }) => `${path} ${lines}`).join(', ');
    process.stdout.write(`${all.length} ${what}: ${numbers}, the largest ${named}\n`);
    return lines;
  }

  test('files have 250 lines at most, half of them 120', () => {
    const lines = report('files', files);
    const long = files.filter((file) => file.lines > 250).map(({ path }) => path);
    expect(long).toEqual([]);
    expect(quantile(lines, 0.5)).toBeLessThanOrEqual(120);
  });

  test('19 of 20 functions have 40 lines at most', () => {
    const lines = report('functions', functions);
    expect(quantile(lines, 0.95)).toBeLessThanOrEqual(40);
  });
});

/** What the reading of imports and functions above rests on. */
describe('reads', () => {
  it('circles, but not through types or what is imported later', () => {
    const module = (path: string, ...imports: readonly [string, boolean][]) => ({
      path,
      text: '',
      imports: imports.map(([to, isType]) => ({ to, isType })),
    });
    const three = [
      module('a/a.ts', ['a/b.ts', false]),
      module('a/b.ts', ['c/c.ts', true], ['a/b.ts', false]),
      module('c/c.ts', ['a/a.ts', false]),
    ];
    expect(circlesOf(three, ({ isType }) => !isType)).toEqual([]);
    expect(circlesOf(three, () => true)).toEqual([['a/a.ts', 'a/b.ts', 'c/c.ts']]);
  });

  it('functions of each form, with their lines', () => {
    const text = `export async function first({
  a,
}: Given): Promise<void> {
  call(
    a,
  );
}

class C {
  readonly #second = (x: number): number => {
    return x;
  };

  third(): void {
    if (this) {
      return;
    }
  }
}
`;
    const lines = functionsOf('f.ts', text).map(({ path, lines }) => [path, lines]);
    expect(lines).toEqual([
      ['f.ts:1', 7],
      ['f.ts:10', 3],
      ['f.ts:14', 5],
    ]);
  });
});
