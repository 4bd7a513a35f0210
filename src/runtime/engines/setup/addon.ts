import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { MachineError } from '../../errors/errors.js';
import { compileKernels, kernelsLink } from './kernels.js';
import type { Platform } from './platforms.js';
import { reason, run } from './process.js';
import { replaceSessionOptions, sessionOptionsSource } from './session-options.js';

const require = createRequire(import.meta.url);

export const addonFile = 'tfjs_binding.node';

export interface AddonParts {
  readonly platform: Platform;
  readonly compiler: string;
  readonly packageFolder: string;
  /** The folder that TensorFlow's libraries and headers were unpacked into. */
  readonly library: string;
  /** Where the addon goes; it finds the library by the place of the one relative to the other. */
  readonly folder: string;
}

type Compile = (...args: string[]) => Promise<void>;

/**
 * Compiles the package's binding against the library. The package's own way, node-gyp, would need make, would have to be
 * found inside npm and fetches Node's headers; two files against Node-API need a compiler alone.
 * @throws MachineError that quotes the compiler
 */
export async function compileAddon(parts: AddonParts): Promise<void> {
  const { platform, compiler, packageFolder, library, folder } = parts;
  const compile: Compile = async (...args) => {
    const outcome = await run(compiler, ['-O2', '-fPIC', '-std=c++17', '-w', ...args], {
      cwd: folder,
    });
    if (outcome.status !== 0)
      throw new MachineError(
        `TensorFlow's binding could not be compiled by ${compiler}: ${reason(outcome)}`,
      );
  };
  const headers = [
    '-DNAPI_VERSION=8',
    `-I${dirname(require.resolve('node-api-headers/include/node_api.h'))}`,
    `-I${join(library, 'tensorflow', 'include')}`,
  ];
  const source = (name: string): string => join(packageFolder, 'binding', `${name}.cc`);
  const link = platform.name === 'darwin-arm64' ? linkMachO : linkElf;
  await writeFile(join(folder, 'session-options.cc'), sessionOptionsSource);
  const [linked] = await Promise.all([
    link(parts, compile),
    compile('-c', ...headers, 'session-options.cc', '-o', 'session-options.o'),
    compile(
      '-c',
      ...headers,
      replaceSessionOptions,
      source('tfjs_backend'),
      '-o',
      'tfjs_backend.o',
    ),
    compile('-c', ...headers, source('tfjs_binding'), '-o', 'tfjs_binding.o'),
  ]);
  const withKernels = await compileKernels({ ...parts, links: librariesOf(parts) });
  const kernels = withKernels ? kernelsLink(platform) : [];
  const objects = ['tfjs_backend.o', 'tfjs_binding.o', 'session-options.o'];
  await compile(...objects, '-o', addonFile, ...linked, ...kernels);
}

/**
 * TensorFlow logs at information level while its library is loaded, before it reads TF_CPP_MIN_LOG_LEVEL. This library is
 * initialised before TensorFlow's (`-z initfirst`) and raises the level to warnings.
 */
const logLevelSource = `
namespace absl { inline namespace lts_20250814 {
enum class LogSeverityAtLeast : int;
__attribute__((weak)) void SetMinLogLevel(LogSeverityAtLeast);
} }
__attribute__((constructor)) static void warnings_only() {
  if (absl::SetMinLogLevel) absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(1));
}
`;

/** The options that link the addon on Linux, and what they name made. */
async function linkElf(
  { platform, library, folder }: AddonParts,
  compile: Compile,
): Promise<string[]> {
  const log = 'libnetc_log.so';
  await writeFile(join(folder, 'log.cc'), logLevelSource);
  await compile('-shared', 'log.cc', '-o', log, '-Wl,-z,initfirst');
  return [
    '-shared',
    '-L.',
    '-Wl,--no-as-needed',
    // Node unloads an addon with the last thread that uses it; TensorFlow's threads and exit handlers live on.
    '-Wl,-z,nodelete',
    `-l:${log}`,
    ...librariesOf({ platform, library }),
  ];
}

/** The options that link TensorFlow's libraries, and by which a library of the same folder finds them when it is loaded. */
function librariesOf({ platform, library }: Pick<AddonParts, 'platform' | 'library'>): string[] {
  if (platform.name === 'darwin-arm64')
    return [
      ...platform.libraries.map((name) => join(library, 'tensorflow', name)),
      '-Wl,-rpath,@loader_path',
      `-Wl,-rpath,@loader_path/../${basename(library)}/tensorflow`,
    ];
  return [
    `-L${join(library, 'tensorflow')}`,
    ...platform.libraries.map((name) => `-l:${name}`),
    `-Wl,-rpath,$ORIGIN:$ORIGIN/../${basename(library)}/tensorflow`,
  ];
}

/** Apple's linker has no `-z nodelete`: the addon opens itself once more, for good. */
const residentSource = `
#include <dlfcn.h>
__attribute__((constructor)) static void stay() {
  Dl_info self;
  if (dladdr(reinterpret_cast<void *>(&stay), &self))
    dlopen(self.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
}
`;

/** The same on macOS. A library's own name there is `@rpath/…`, and Node-API's functions are Node's, found at loading. */
async function linkMachO(
  { platform, library, folder }: AddonParts,
  compile: Compile,
): Promise<string[]> {
  await writeFile(join(folder, 'resident.cc'), residentSource);
  await compile('-c', 'resident.cc', '-o', 'resident.o');
  return [
    '-bundle',
    '-undefined',
    'dynamic_lookup',
    'resident.o',
    ...librariesOf({ platform, library }),
  ];
}
