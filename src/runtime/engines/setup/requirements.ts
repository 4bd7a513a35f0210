import { mkdir, statfs } from 'node:fs/promises';
import { MachineError } from '../../errors/errors.js';
import { cacheRoot } from '../../files/cache-root.js';
import type { Platform } from './platforms.js';
import { run } from './process.js';
import { diskNeeded, type Variant } from './releases.js';

/** A program the setup calls, with its version as it prints it; null where it is missing. */
export interface Tools {
  readonly pip: string | null;
  readonly compiler: { readonly program: string; readonly version: string } | null;
}

export async function findTools(): Promise<Tools> {
  const [pip, compiler] = await Promise.all([findPip(), findCompiler()]);
  return { pip, compiler };
}

async function findPip(): Promise<string | null> {
  const pip = await run('python3', ['-m', 'pip', '--version']);
  return pip.status === 0 ? firstLine(pip.stdout) : null;
}

async function findCompiler(): Promise<Tools['compiler']> {
  for (const program of [process.env.CXX, 'c++', 'g++', 'clang++']) {
    if (!program) continue;
    const compiler = await run(program, ['--version']);
    if (compiler.status === 0) return { program, version: firstLine(compiler.stdout) };
  }
  return null;
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.trim();

/** @throws MachineError, one line that names everything missing */
export async function requireTools(platform: Platform): Promise<{ readonly compiler: string }> {
  const { pip, compiler } = await findTools();
  const missing = [
    ...(pip === null ? ['python3 with pip'] : []),
    ...(compiler === null ? ['a C++ compiler'] : []),
  ];
  if (compiler === null || missing.length > 0)
    throw new MachineError(
      `The TensorFlow engine cannot be set up here without ${missing.join(' and ')} ` +
        `(${platform.tools}).`,
    );
  return { compiler: compiler.program };
}

/** @throws MachineError when the cache's file system is too full for the download and what comes out of it */
export async function requireDisk(variant: Variant): Promise<void> {
  const folder = cacheRoot();
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const needed = diskNeeded[variant];
  if (free < needed)
    throw new MachineError(
      `The TensorFlow engine needs ${gigabytes(needed)} free in ${folder}, which has ` +
        `${gigabytes(free)}; another place can be named by XDG_CACHE_HOME.`,
    );
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
