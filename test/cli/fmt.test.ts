import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer, main, netc } from './netc.js';

const untidy = 'block A(x){x->relu} // it\n';
const tidy = 'block A(x) { x -> relu } // it\n';
const wrong = 'block A(x) { x -> }\n';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-fmt-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

/** Runs `netc fmt` with a text on its standard input. */
function piped(text: string, ...args: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, 'fmt', ...args]);
    const answer = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        answer[name] += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...answer }));
    child.stdin.end(text);
  });
}

test('writes what changes, in folders too, and says so', async () => {
  await mkdir(join(folder, 'lib', 'node_modules'), { recursive: true });
  await write('a.net', untidy);
  await write('lib/b.net', untidy);
  await write('lib/c.net', tidy);
  await write('lib/notes.txt', untidy);
  await write('lib/node_modules/d.net', untidy);
  const { mtimeMs } = await stat(join(folder, 'lib/c.net'));
  const answer = await netc(['fmt', 'a.net', 'lib', 'lib/b.net'], folder);
  expect(answer).toEqual({
    status: 0,
    stdout: 'a.net formatted\nlib/b.net formatted\n',
    stderr: '',
  });
  expect([await read('a.net'), await read('lib/b.net')]).toEqual([tidy, tidy]);
  expect((await stat(join(folder, 'lib/c.net'))).mtimeMs).toBe(mtimeMs);
  expect([await read('lib/notes.txt'), await read('lib/node_modules/d.net')]).toEqual([
    untidy,
    untidy,
  ]);
  const again = await netc(['fmt', '.'], folder);
  expect(again).toEqual({ status: 0, stdout: 'nothing to change in 3 files\n', stderr: '' });
});

test('--check writes nothing and ends with 1 where a file would change', async () => {
  await write('a.net', untidy);
  await write('b.net', tidy);
  const answer = await netc(['fmt', '--check', 'a.net', 'b.net'], folder);
  expect(answer).toEqual({ status: 1, stdout: 'a.net would change\n', stderr: '' });
  expect(await read('a.net')).toBe(untidy);
  expect((await netc(['fmt', '--check', 'b.net'], folder)).status).toBe(0);
});

test('a file with mistakes of syntax is reported and left, and the others go on', async () => {
  await write('a.net', wrong);
  await write('b.net', untidy);
  const { status, stdout, stderr } = await netc(['fmt', 'a.net', 'b.net'], folder);
  expect({ status, stdout }).toEqual({ status: 1, stdout: 'b.net formatted\n' });
  expect(stderr).toContain('a.net:1:19');
  expect([await read('a.net'), await read('b.net')]).toEqual([wrong, tidy]);
});

test('a path that is missing is one error, and nothing is written', async () => {
  await write('a.net', untidy);
  const { status, stderr } = await netc(['fmt', 'a.net', 'other.net'], folder);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'error: other.net is missing: name .net files or folders of them\n',
  });
  expect(await read('a.net')).toBe(untidy);
  expect((await netc(['fmt'], folder)).status).toBe(2);
});

test('standard input goes to standard output', async () => {
  expect(await piped(untidy, '-')).toEqual({ status: 0, stdout: tidy, stderr: '' });
  expect(await piped(tidy, '--stdin', '--check')).toEqual({ status: 0, stdout: '', stderr: '' });
  expect((await piped(untidy, '--stdin', '--check')).status).toBe(1);
  const broken = await piped(wrong, '--stdin');
  expect(broken).toMatchObject({ status: 1, stdout: '' });
  expect(broken.stderr).toContain('standard input:1:19');
  expect((await piped(untidy, '-', 'a.net')).status).toBe(2);
});

test('one object for programs', async () => {
  await write('a.net', wrong);
  await write('b.net', untidy);
  const { stdout } = await netc(['fmt', 'a.net', 'b.net', '--json'], folder);
  expect(JSON.parse(stdout)).toMatchObject({
    files: 2,
    changed: ['b.net'],
    diagnostics: [{ code: 'NET0002', file: 'a.net', line: 1, column: 19 }],
  });
});
