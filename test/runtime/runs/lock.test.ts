import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/runtime/files/hash.js';
import { lock, requireUnheld, unlock, waitForHolder } from '../../../src/runtime/runs/lock.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = () => join(folder, 'lock.json');
const holder = async () => JSON.parse(await readFile(file(), 'utf8'));

describe('the lock of a run', () => {
  it('is held by one at a time, and the second is told by whom', async () => {
    await lock(folder);
    const { since } = await holder();
    await expect(lock(folder)).rejects.toThrow(
      `${folder} is being written by process ${process.pid} on ${hostname()}, since ${since}`,
    );
    await unlock(folder);
    await requireUnheld(folder);
    await lock(folder);
  });

  it('is taken by exactly one of many that find its holder dead', async () => {
    const pid = await deadProcess();
    await writeFile(file(), JSON.stringify({ host: hostname(), pid, since: '', begun: null }));
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lock(folder)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await holder()).pid).toBe(process.pid);
    expect(await readdir(folder)).toEqual(['lock.json']);
  });

  it('is taken from a dead holder though a process was ended while it removed that lock', async () => {
    const pid = await deadProcess();
    const dead = JSON.stringify({ host: hostname(), pid, since: '', begun: null });
    await writeFile(file(), dead);
    const marker = `${file()}.${sha256(dead).slice(0, 8)}`;
    await writeFile(marker, dead);
    await lock(folder);
    expect(await readdir(folder)).toEqual(['lock.json']);
    await unlock(folder);
    await writeFile(marker, dead);
    await lock(folder);
    expect(await readdir(folder)).toEqual(['lock.json']);
  });

  it('of a process whose number another one has now is free', async () => {
    if (process.platform !== 'linux') return;
    const other = { host: hostname(), pid: process.pid, since: '', begun: '1' };
    await writeFile(file(), JSON.stringify(other));
    await lock(folder);
    expect((await holder()).begun).not.toBe('1');
  });

  it('of a process that has ended is free, also while nobody has asked how it ended', async () => {
    if (process.platform !== 'linux') return;
    // The shell becomes a program that does not wait for its child, which ends later: the system keeps the child's number.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60']);
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.on('data', (text) => resolve(Number(text)));
    });
    const statOf = () => readFile(`/proc/${pid}/stat`, 'utf8');
    while (!(await statOf()).includes(') Z '))
      await new Promise((resolve) => setTimeout(resolve, 5));
    const begun = (await statOf()).split(' ')[21];
    await writeFile(file(), JSON.stringify({ host: hostname(), pid, since: '', begun }));
    await lock(folder);
    parent.kill();
    expect((await holder()).pid).toBe(process.pid);
  });

  it('is waited for while its holder lives, and no longer than is said', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    const begun = null;
    await writeFile(file(), JSON.stringify({ host: hostname(), pid: child.pid, since: '', begun }));
    await waitForHolder(folder, 0.3);
    await expect(requireUnheld(folder)).rejects.toThrow('is being written');
    const waited = waitForHolder(folder, 60);
    child.kill();
    await waited;
    await lock(folder);
  });

  it('of another computer, and one that does not say whose it is, are not waited for', async () => {
    for (const text of [JSON.stringify({ host: 'elsewhere', pid: process.pid }), '{']) {
      await writeFile(file(), text);
      await waitForHolder(folder, 60);
    }
  }, 10_000);

  it('of another job of the same grid is free: a scheduler gives a run to one job at a time', async () => {
    process.env.NETC_GRID = 'g1';
    try {
      const elsewhere = { host: 'elsewhere', pid: 1, since: 'noon', begun: null };
      await writeFile(file(), JSON.stringify({ ...elsewhere, grid: 'g2' }));
      await expect(lock(folder)).rejects.toThrow('is being written by process 1 on elsewhere');
      await writeFile(file(), JSON.stringify({ ...elsewhere, grid: 'g1' }));
      await lock(folder);
      expect((await holder()).host).toBe(hostname());
    } finally {
      delete process.env.NETC_GRID;
    }
  });

  it('of another computer is not guessed to be free', async () => {
    const pid = await deadProcess();
    await writeFile(file(), JSON.stringify({ host: 'elsewhere', pid, since: 'noon', begun: null }));
    await expect(lock(folder)).rejects.toThrow(
      `by process ${pid} on elsewhere, since noon: wait for it; if it is dead, which cannot be seen from ${hostname()}, remove ${file()}`,
    );
  });

  it.each(['', '{', 'null', '{"pid": 1}'])('that says %j is not taken for free', async (text) => {
    await writeFile(file(), text);
    await expect(lock(folder)).rejects.toThrow(`${file()} does not say who writes to the run`);
  });
});

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version']);
  await new Promise((resolve) => child.on('close', resolve));
  return child.pid!;
}
