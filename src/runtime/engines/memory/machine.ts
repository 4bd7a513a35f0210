import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError } from '../../errors/errors.js';

/** The memory that a process may still take before the system ends one, in bytes. */
export interface FreeMemory {
  readonly free: number;
  /** Used or not. */
  readonly total: number;
  /** Whether it is the engine that can use no more. */
  readonly isEngines?: boolean;
}

/**
 * The least of what the machine has, what the control groups around this process leave, as containers and batch systems set them, and
 * what NETC_MEMORY_LIMIT allows. What caches of files take is counted as free: the system gives it up.
 * @param root where `proc` and `sys` lie
 */
export function freeMemory(root = '/', limit = process.env.NETC_MEMORY_LIMIT): FreeMemory {
  const all = [ofMachine(root), ...ofGroups(root), ...allowed(limit)];
  return all.reduce((least, one) => (one.free < least.free ? one : least));
}

function allowed(limit: string | undefined): FreeMemory[] {
  if (limit === undefined || limit === '') return [];
  if (!/^\d+$/.test(limit))
    throw new InputError(
      `NETC_MEMORY_LIMIT is ${limit}: give bytes as a whole number, as 4000000000`,
    );
  return [{ free: Number(limit), total: Number(limit) }];
}

const textOf = (...path: readonly string[]): string => {
  try {
    return readFileSync(join(...path), 'utf8');
  } catch {
    return '';
  }
};

/** By name, the numbers of a file such as `MemAvailable:  123 kB` or `inactive_file 456`. */
const numbersIn = (text: string): ReadonlyMap<string, number> =>
  new Map(
    [...text.matchAll(/^(\w+):?\s+(\d+)/gm)].map(([, name, value]) => [name!, Number(value)]),
  );

/** Elsewhere than on Linux, what is free without counting caches. */
function ofMachine(root: string): FreeMemory {
  const available = numbersIn(textOf(root, 'proc/meminfo')).get('MemAvailable');
  return { free: available === undefined ? freemem() : available * 1024, total: totalmem() };
}

/** The files of a control group, by the version of the kernel's interface. */
const versions = {
  1: { limit: 'memory.limit_in_bytes', used: 'memory.usage_in_bytes', stat: 'total_' },
  2: { limit: 'memory.max', used: 'memory.current', stat: '' },
} as const;

/** Of each group with a limit: this process's, and those around it. */
function ofGroups(root: string): FreeMemory[] {
  const mount = join(root, 'sys/fs/cgroup');
  const lines = textOf(root, 'proc/self/cgroup').split('\n');
  return lines.flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    if (controllers === '') return limitsFrom(mount, path, 2);
    if (controllers!.split(',').includes('memory'))
      return limitsFrom(join(mount, 'memory'), path, 1);
    return [];
  });
}

/** A container often sees its own group as the root, under whatever path the host has it. */
function limitsFrom(mount: string, path: string, version: 1 | 2): FreeMemory[] {
  const found = limitOf(join(mount, path), version);
  const above = path === '/' || path === '.' ? [] : limitsFrom(mount, dirname(path), version);
  return [...found, ...above];
}

function limitOf(folder: string, version: 1 | 2): FreeMemory[] {
  const files = versions[version];
  const [limit, used] = [files.limit, files.used].map((file) =>
    Number.parseInt(textOf(folder, file), 10),
  );
  // Without a limit it says `max`, or a number beyond all memory.
  if (!(limit! < totalmem()) || !(used! >= 0)) return [];
  const stat = numbersIn(textOf(folder, 'memory.stat'));
  const caches = ['inactive_file', 'active_file'].map((name) => stat.get(files.stat + name) ?? 0);
  const free = limit! - used! + caches[0]! + caches[1]!;
  return [{ free: Math.max(0, free), total: limit! }];
}
