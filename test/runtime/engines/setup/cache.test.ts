import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildFolder, damagedIn, isComplete } from '../../../../src/runtime/engines/setup/cache.js';
import { fakeMachine } from './fake-tools.js';

const fill = (folder: string): Promise<void> => writeFile(join(folder, 'library'), 'whole');

/** The number of a process that cannot be running: above the greatest that Linux gives. */
const deadProcess = 2 ** 22 + 1;

test('a folder is complete until a file in it changes its size or goes', async () => {
  const { cache } = await fakeMachine({});
  const folder = join(cache, 'engine');
  expect(await isComplete(folder)).toBe(false);
  await buildFolder(folder, fill);
  expect(await isComplete(folder)).toBe(true);
  await writeFile(join(folder, 'library'), 'who');
  expect(await isComplete(folder)).toBe(false);
});

test('a file that keeps its size and changes is found by its digest', async () => {
  const { cache } = await fakeMachine({});
  const folder = join(cache, 'engine');
  await buildFolder(folder, fill);
  expect(await damagedIn(folder)).toEqual([]);
  await writeFile(join(folder, 'library'), 'whale');
  expect(await isComplete(folder)).toBe(true);
  expect(await damagedIn(folder)).toEqual(['library']);
});

test('a folder whose digests nobody kept is complete, and nobody can say more', async () => {
  const { cache } = await fakeMachine({});
  const folder = join(cache, 'engine');
  await buildFolder(folder, fill);
  await writeFile(join(folder, 'contents.json'), JSON.stringify({ library: 5 }));
  expect(await isComplete(folder)).toBe(true);
  expect(await damagedIn(folder)).toBeNull();
});

test('a build that fails leaves the folder as it was and nothing beside it', async () => {
  const { cache } = await fakeMachine({});
  const folder = join(cache, 'engine');
  await buildFolder(folder, fill);
  const failing = buildFolder(folder, async (partial) => {
    await writeFile(join(partial, 'library'), 'ha');
    throw new Error('no space left');
  });
  await expect(failing).rejects.toThrow('no space left');
  expect(await isComplete(folder)).toBe(true);
  expect(await readdir(cache)).toEqual(['engine']);
});

test('what a killed run left is swept away, what a living one is at stays', async () => {
  const { cache } = await fakeMachine({});
  const folder = join(cache, 'engine');
  await mkdir(`${folder}.partial-${deadProcess}/half`, { recursive: true });
  await mkdir(`${folder}.partial-${process.ppid}`);
  await buildFolder(folder, fill);
  expect((await readdir(cache)).sort()).toEqual(['engine', `engine.partial-${process.ppid}`]);
  await expect(access(join(folder, 'half'))).rejects.toThrow();
});
