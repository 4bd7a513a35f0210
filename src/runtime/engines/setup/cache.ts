import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheRoot } from '../../files/cache-root.js';
import { hashFile } from '../../files/hash.js';
import { kernelsHash } from './kernels.js';
import { tensorFlowVersion, tfjsNode, type Variant } from './releases.js';

/** Counts up when the addon is compiled in another way, so that an older build is not taken for it. */
const recipe = 3;

export interface Locations {
  /** Downloaded wheels, each named by its hash; removed once the library stands. */
  readonly wheels: string;
  /** What is taken out of the wheels, in their own layout: `tensorflow/`, `nvidia/`. */
  readonly library: string;
  /** The compiled binding. It speaks Node-API, so one build serves every version of Node. */
  readonly addon: string;
  /** The npm package, where netc's own installation lacks it. */
  readonly package: string;
}

export function locations(variant: Variant): Locations {
  const root = cacheRoot();
  const machine = `${process.platform}-${process.arch}-${variant}`;
  const library = `tensorflow-${tensorFlowVersion}-${machine}`;
  return {
    wheels: join(root, 'wheels'),
    library: join(root, library),
    addon: join(root, `binding-${tfjsNode.version}-${recipe}-${kernelsHash()}-${library}`),
    package: join(root, `tfjs-node-gpu-${tfjsNode.version}`),
  };
}

const manifest = 'contents.json';

/** What a folder was filled with, by file. netc 0.2 kept sizes alone. */
type Contents = Readonly<Record<string, number | FileRecord>>;

interface FileRecord {
  readonly size: number;
  readonly sha256: string;
}

const contentsOf = async (folder: string): Promise<Contents> =>
  JSON.parse(await readFile(join(folder, manifest), 'utf8')) as Contents;

/** Whether a folder was finished by `buildFolder` and every file in it still has its size. */
export async function isComplete(folder: string): Promise<boolean> {
  try {
    for (const [file, one] of Object.entries(await contentsOf(folder))) {
      const { size } = typeof one === 'number' ? { size: one } : one;
      if ((await stat(join(folder, file))).size !== size) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** The files of a folder that are not what `buildFolder` put there, by their digests; null where it kept none. It reads all of them. */
export async function damagedIn(folder: string): Promise<string[] | null> {
  const contents = Object.entries(await contentsOf(folder));
  if (contents.some(([, one]) => typeof one === 'number')) return null;
  const damaged: string[] = [];
  for (const [file, one] of contents as [string, FileRecord][]) {
    const hash = await hashFile(join(folder, file)).catch(() => 'none');
    if (hash !== one.sha256) damaged.push(file);
  }
  return damaged;
}

/**
 * Gives `work` an empty folder beside `path`, on the same file system, for things that take their name once they are whole.
 * What a killed run left there is swept away by the next.
 */
export async function withPartial<T>(
  path: string,
  work: (partial: string) => Promise<T>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  await sweep(path);
  const partial = `${path}.partial-${process.pid}`;
  try {
    await mkdir(partial);
    return await work(partial);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Fills a folder whole or not at all. */
export const buildFolder = (
  folder: string,
  build: (partial: string) => Promise<void>,
): Promise<void> =>
  withPartial(folder, async (partial) => {
    await build(partial);
    await writeFile(join(partial, manifest), JSON.stringify(await recordsOf(partial)));
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  });

async function recordsOf(folder: string): Promise<Record<string, FileRecord>> {
  const records: Record<string, FileRecord> = {};
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    const entry = await stat(path);
    if (entry.isFile()) records[name] = { size: entry.size, sha256: await hashFile(path) };
  }
  return records;
}

async function sweep(path: string): Promise<void> {
  const prefix = `${basename(path)}.partial-`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue;
    await rm(join(dirname(path), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
