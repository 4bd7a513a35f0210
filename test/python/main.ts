// node test/run.mjs test/python/main.ts FOLDER [options of vitest]: the tests of test/FOLDER with a Python that has what they
// need: what examples/FOLDER/requirements.txt lists, and test/FOLDER/requirements.txt where there is one. It is kept in the user's
// cache, and made anew when a list changes.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot } from '../../src/runtime/files/cache-root.js';
import { sha256 } from '../../src/runtime/files/hash.js';

const [folder = '', ...options] = process.argv.slice(2);
const lists = ['examples', 'test']
  .map((part) => join(part, folder, 'requirements.txt'))
  .filter((path) => existsSync(path));
if (lists.length === 0) throw new Error(`no requirements for ${folder}`);

/** Ends as `program` does where it fails. */
function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const shown = { stdio: 'inherit', env: { ...process.env, ...env } } as const;
  const { status, error } = spawnSync(program, args, shown);
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const hash = sha256(lists.map((path) => readFileSync(path, 'utf8')).join('\n')).slice(0, 12);
const home = join(cacheRoot(), 'python', `${folder}-${hash}`);
const python = join(home, 'bin', 'python');
const done = join(home, 'complete');
if (!existsSync(done)) {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  run('python3', ['-m', 'venv', home]);
  run(python, ['-m', 'pip', 'install', '--quiet', ...lists.flatMap((path) => ['-r', path])]);
  writeFileSync(done, '');
}
run('npx', ['vitest', 'run', join('test', folder), ...options], { NETC_PYTHON: python });
