import { link, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { InputError } from '../errors/errors.js';
import { besideName, writeError, writeNew } from '../files/disk.js';
import { sha256 } from '../files/hash.js';
import { runPath } from './layout.js';

/** Who writes to a run's folder. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When it took the folder. */
  readonly since: string;
  /** When the system started the process, in its own count; null where it does not tell. Numbers of processes are used again. */
  readonly begun: string | null;
  /** The grid of jobs that it is one of; null of a process that no scheduler started. */
  readonly grid?: string | null;
}

/**
 * The grid that a scheduler started this process for. It gives a run to one job at a time, so a lock that another job of the same grid left
 * on another computer is of one that has ended.
 */
const ownGrid = (): string | null => process.env.NETC_GRID ?? null;

/** What Linux tells of a process. */
interface Facts {
  /** `Z` where it has ended and its parent has not asked how. */
  readonly state: string;
  /** The time after the start of the system at which it began. */
  readonly begun: string;
}

/** Null where the system does not tell: the third and the 22nd fact of `/proc/PID/stat`, behind a name that may be any text. */
async function factsOf(pid: number): Promise<Facts | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  const facts = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return facts ? { state: facts[0]!, begun: facts[19]! } : null;
}

/** What the lock of a folder says that this process holds. */
export async function lockText(): Promise<string> {
  const begun = (await factsOf(process.pid))?.begun ?? null;
  const since = new Date().toISOString();
  const holder: Holder = { host: hostname(), pid: process.pid, since, begun, grid: ownGrid() };
  return `${JSON.stringify(holder)}\n`;
}

/** Gives up the lock of a run's folder. */
export const unlock = (folder: string): Promise<void> =>
  rm(runPath(folder, 'lock'), { force: true });

/**
 * Takes the folder of a run for this process alone, also from a holder on this computer that is dead. Throws `InputError` where
 * another holds it; one on another computer cannot be asked whether it lives.
 */
export async function lock(folder: string): Promise<void> {
  const path = runPath(folder, 'lock');
  const text = await lockText();
  for (let tries = 0; tries < 10; tries++) {
    try {
      await putNew(path, text);
      await removeMarkers(path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(path, error);
    }
    const dead = await requireUnheld(folder);
    if (dead !== undefined) await removeDead(path, dead);
  }
  throw new InputError(`${path} is in the way: remove it if no process writes to the run`);
}

/** Does `work` while the folder, which is made where there is none, is this process's alone. Throws as `lock`. */
export async function holding<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  await lock(folder);
  try {
    return await work();
  } finally {
    await unlock(folder);
  }
}

/** Throws `InputError` where a process holds the folder that lives, or may. Answers with what the lock of a dead one says. */
export async function requireUnheld(folder: string): Promise<string | undefined> {
  const path = runPath(folder, 'lock');
  const text = await textOf(path);
  if (text === undefined) return undefined;
  const holder = holderIn(text);
  if (holder === undefined) {
    throw new InputError(`${path} does not say who writes to the run: remove it if nobody does`);
  }
  const { host, pid, since, grid = null } = holder;
  const told = `${folder} is being written by process ${pid} on ${host}, since ${since}`;
  if (host !== hostname()) {
    if (grid !== null && grid === ownGrid()) return text;
    throw new InputError(
      `${told}: wait for it; if it is dead, which cannot be seen from ${hostname()}, remove ${path}`,
    );
  }
  if (await lives(holder))
    throw new InputError(`${told}: wait for it, or choose another folder by --out`);
  return text;
}

/** Whether a process that lives, or may, writes to the folder. */
export const isHeld = (folder: string): Promise<boolean> =>
  requireUnheld(folder).then(
    () => false,
    (error) => {
      if (error instanceof InputError) return true;
      throw error;
    },
  );

/** Waits while a process of this computer that lives holds the folder, at most `seconds`. */
export async function waitForHolder(folder: string, seconds: number): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end) {
    const holder = holderIn((await textOf(runPath(folder, 'lock'))) ?? '');
    if (holder?.host !== hostname() || !(await lives(holder))) return;
    await setTimeout(100);
  }
}

const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw writeError(path, error);
  });

function holderIn(text: string): Holder | undefined {
  try {
    const found = JSON.parse(text) as Partial<Holder> | null;
    const isWhole = typeof found?.host === 'string' && Number.isSafeInteger(found.pid);
    return isWhole ? (found as Holder) : undefined;
  } catch {
    return undefined;
  }
}

async function lives({ pid, begun }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Of another user's process, EPERM is said.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = await factsOf(pid);
  if (now?.state === 'Z') return false;
  return begun === null || now === null || now.begun === begun;
}

/** Written beside and then named, so that a lock is whole from its first moment; fails where there is one. */
async function putNew(path: string, text: string): Promise<void> {
  const aside = besideName(path);
  await writeNew(aside, text);
  try {
    await link(aside, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      // Not every file system gives a file two names.
      return writeNew(path, text);
    });
  } finally {
    await rm(aside, { force: true });
  }
}

/**
 * Removes the lock that says `dead`. Several processes may find its holder dead, and one of them be so late that the lock is a new
 * one already: only who has made a file named after the old one looks again and removes it. Where that one is dead too, its file goes.
 */
async function removeDead(path: string, dead: string): Promise<void> {
  const marker = `${path}.${sha256(dead).slice(0, 8)}`;
  const isMine = await putNew(marker, await lockText()).then(
    () => true,
    () => false,
  );
  if (!isMine) {
    const maker = holderIn((await textOf(marker)) ?? '');
    if (maker && !(await lives(maker))) await rm(marker, { force: true });
    await setTimeout(20);
    return;
  }
  if ((await textOf(path)) === dead) await rm(path, { force: true });
  await rm(marker, { force: true });
}

/** What processes left that were ended while they removed a dead one's lock: of no use beside a new lock. */
async function removeMarkers(path: string): Promise<void> {
  const folder = dirname(path);
  const markers = (await readdir(folder)).filter((name) => name.startsWith(`${basename(path)}.`));
  for (const name of markers) await rm(join(folder, name), { force: true });
}
