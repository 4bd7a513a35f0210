// Builds dist/: every module for tests and benchmarks, and dist/bin, which is what the package ships. A command that loads
// two hundred small modules spends most of its time finding them; bundled, `netc check` takes about half as long.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundle, pageBundle, root } from './bundle.mjs';

const typescript = createRequire(import.meta.url).resolve('typescript/package.json');

rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(dirname(typescript), 'bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
  { stdio: 'inherit' },
);
await Promise.all([build(bundle), build(pageBundle)]);
