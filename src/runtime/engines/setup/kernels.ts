import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shipped } from '../../files/version.js';
import type { Platform } from './platforms.js';
import { run } from './process.js';

/** The C++ sources of netc's own operations. */
const folderOfSources = (): string => fileURLToPath(shipped('native/'));

/** By the platform's way to name a library. */
export const kernelsFile = (platform: Pick<Platform, 'name'>): string =>
  platform.name === 'darwin-arm64' ? 'libnetc_kernels.dylib' : 'libnetc_kernels.so';

/** The options that link the addon to it: it is loaded with the addon, and enters its operations then. */
export const kernelsLink = (platform: Platform): readonly string[] =>
  platform.name === 'darwin-arm64'
    ? [kernelsFile(platform)]
    : ['-Wl,--no-as-needed', `-l:${kernelsFile(platform)}`];

/** What all sources come to: another hash is another library. */
export function kernelsHash(): string {
  const hash = createHash('sha256');
  const folder = folderOfSources();
  for (const name of readdirSync(folder)
    .filter((file) => /\.(?:cc|h)$/.test(file))
    .sort())
    hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}

/** The instruction sets that the loops are compiled for, by the namespace each goes into; one is chosen when they run. */
const instructionSets = ({ name }: Platform): Readonly<Record<string, readonly string[]>> =>
  name === 'linux-x64'
    ? {
        baseline: [],
        avx2: ['-mavx2', '-mfma'],
        avx512: ['-mavx512f', '-mavx512vl', '-mavx512dq', '-mfma', '-mprefer-vector-width=512'],
      }
    : { baseline: [] };

export interface KernelsParts {
  readonly platform: Platform;
  readonly compiler: string;
  /** The folder that TensorFlow's libraries and headers were unpacked into. */
  readonly library: string;
  /** Where the library goes. */
  readonly folder: string;
  /** The options by which a library in `folder` finds TensorFlow's. */
  readonly links: readonly string[];
}

/**
 * Compiles netc's own operations into a library of their own. Where the compiler can't, there is none, and the graph keeps to
 * TensorFlow's operations.
 * @returns whether it was made
 */
export async function compileKernels(parts: KernelsParts): Promise<boolean> {
  const { platform, compiler, library, folder, links } = parts;
  const sources = folderOfSources();
  const compile = async (...args: readonly string[]): Promise<boolean> => {
    const common = ['-O3', '-fPIC', '-std=c++17', '-w', '-ffp-contract=fast'];
    return (await run(compiler, [...common, ...args], { cwd: folder })).status === 0;
  };
  const headers = [
    `-I${sources}`,
    `-I${join(sources, 'stubs')}`,
    `-I${join(library, 'tensorflow', 'include')}`,
  ];
  const object = async (source: string, name: string, ...options: readonly string[]) =>
    (await compile('-c', ...options, ...headers, join(sources, source), '-o', name)) ? [name] : [];
  const wanted = [
    ...Object.entries(instructionSets(platform)).map(([set, options]) =>
      object('loops.cc', `loops-${set}.o`, `-DNETC_ISA=${set}`, ...options),
    ),
    ...['dispatch', 'operations', 'parallel'].map((name) => object(`${name}.cc`, `${name}.o`)),
  ];
  const objects = (await Promise.all(wanted)).flat();
  if (objects.length < wanted.length) return false;
  const file = kernelsFile(platform);
  const named = platform.name === 'darwin-arm64' ? [`-Wl,-install_name,@rpath/${file}`] : [];
  return compile('-shared', ...named, ...objects, '-o', file, ...links);
}
