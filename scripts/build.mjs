// Builds dist/: every module for tests and benchmarks, and dist/bin, which is what the package ships. A command that loads
// two hundred small modules spends most of its time finding them; bundled, `netc check` takes about half as long.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const typescript = createRequire(import.meta.url).resolve('typescript/package.json');

rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(dirname(typescript), 'bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
  { stdio: 'inherit' },
);
await build({
  absWorkingDir: root,
  // The workers lie beside the chunks that start them, since those look for them there.
  entryPoints: [
    'src/cli/main.ts',
    'src/runtime/engines/tensorflow/tensorflow-worker.ts',
    'src/runtime/engines/portable/portable-worker.ts',
    'src/runtime/data/batches/batches-worker.ts',
  ],
  entryNames: '[name]',
  outdir: 'dist/bin',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.9',
  logLevel: 'warning',
});
