import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { MachineError } from '../../errors.js';
import { reason, run } from './process.js';

const require = createRequire(import.meta.url);

export const addonFile = 'tfjs_binding.node';

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

/**
 * Compiles the package's binding against the library. The package's own way, node-gyp, would need make, would have to be
 * found inside npm and fetches Node's headers; two files against Node-API need a compiler alone.
 * @param folder where the addon goes; it finds the library by the place of the one relative to the other
 */
export async function compileAddon(
  compiler: string,
  packageFolder: string,
  library: string,
  folder: string,
): Promise<void> {
  const compile = async (...args: string[]): Promise<void> => {
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
  const log = 'libnetc_log.so';
  await writeFile(join(folder, 'log.cc'), logLevelSource);
  await Promise.all([
    compile('-c', ...headers, source('tfjs_backend'), '-o', 'tfjs_backend.o'),
    compile('-c', ...headers, source('tfjs_binding'), '-o', 'tfjs_binding.o'),
    compile('-shared', 'log.cc', '-o', log, '-Wl,-z,initfirst'),
  ]);
  await compile(
    '-shared',
    'tfjs_backend.o',
    'tfjs_binding.o',
    '-o',
    addonFile,
    '-L.',
    `-L${join(library, 'tensorflow')}`,
    '-Wl,--no-as-needed',
    // Node unloads an addon with the last thread that uses it; TensorFlow's threads and exit handlers live on.
    '-Wl,-z,nodelete',
    `-l:${log}`,
    '-l:libtensorflow_cc.so.2',
    '-l:libtensorflow_framework.so.2',
    `-Wl,-rpath,$ORIGIN:$ORIGIN/../${basename(library)}/tensorflow`,
  );
}
