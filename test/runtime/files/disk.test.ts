import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError, MachineError } from '../../../src/runtime/errors/errors.js';
import {
  appendTo,
  readJson,
  writeAtomically,
  writeError,
} from '../../../src/runtime/files/disk.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-disk-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a file', () => {
  it('through a link is written where the link leads, and the link stays', async () => {
    const [file, first, second] = ['file', 'first', 'second'].map((name) => join(folder, name));
    await symlink('file', first!);
    await symlink(first!, second!);
    for (const text of ['new', 'newer']) {
      await writeAtomically(second!, text);
      expect(await readFile(file!, 'utf8')).toBe(text);
    }
    expect((await lstat(second!)).isSymbolicLink()).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['file', 'first', 'second']);
  });

  it('through links that lead round is refused at its name', async () => {
    const [a, b] = [join(folder, 'a'), join(folder, 'b')];
    await symlink('b', a);
    await symlink('a', b);
    await expect(appendTo(a, '')).rejects.toThrow(
      `${a} cannot be written (too many symbolic links`,
    );
    const long = join(folder, 'n'.repeat(300));
    await expect(writeAtomically(long, '')).rejects.toThrow('cannot be written (name too long)');
  });

  it.each([
    ['ENOSPC', -28, 'no space left on device'],
    ['EDQUOT', -122, 'EDQUOT'],
    ['EROFS', -30, 'read-only file system'],
    ['EACCES', -13, 'permission denied'],
    ['EIO', -5, 'i/o error'],
  ])("that the machine cannot write for %s is the machine's fault", (code, errno, reason) => {
    const error = writeError('x', Object.assign(new Error(), { code, errno }));
    expect(error).toBeInstanceOf(MachineError);
    expect((error as Error).message).toContain(`x cannot be written (${reason})`);
  });

  it('in the place of a folder is the fault of who named it', async () => {
    await expect(writeAtomically(folder, '')).rejects.toThrow(InputError);
  });

  it.runIf(process.platform === 'linux')('on a full disk says so', async () => {
    const full = expect(appendTo('/dev/full', 'x'));
    await full.rejects.toThrow(
      '/dev/full cannot be written (no space left on device): make room, or name another place',
    );
  });
});

describe('a JSON file', () => {
  it.each([
    ['{"a": 1}\n', { a: 1 }],
    ['null', null],
  ])('%j is read', async (text, value) => {
    await writeFile(join(folder, 'x'), text);
    expect(await readJson(join(folder, 'x'))).toEqual(value);
  });

  it('that is missing is undefined', async () => {
    expect(await readJson(join(folder, 'x', 'y'))).toBeUndefined();
  });

  it.each([
    ['', 1, 'it is empty'],
    ['{\n  "a": 1,\n  b\n}', 3, 'this is not JSON'],
    ['{\n  "a": 1', 2, 'this is not JSON'],
  ])('%j is damaged in line %i', async (text, line, reason) => {
    const path = join(folder, 'x');
    await writeFile(path, text);
    await expect(readJson(path)).rejects.toThrow(`${path}:${line} is damaged: ${reason}`);
  });
});
