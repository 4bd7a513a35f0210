import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { alias } from '../bundle.mjs';

const operations = [
  ...['convolution', 'elementwise', 'loss', 'normalisation', 'optimiser'],
  ...['pooling', 'reduction', 'resizing', 'structure'],
];
const modules = [
  ...operations.map((group) => `compiler/ops/${group}/index`),
  'compiler/compile',
  'compiler/diagnostics/codes',
  'compiler/diagnostics/diagnostic',
  'compiler/diagnostics/explain/index',
  'compiler/diagnostics/render',
  'compiler/emit/diagram/diagram',
  'compiler/emit/drawing/figure',
  'compiler/emit/drawing/style',
  'compiler/emit/onnx/lowering/index',
  'compiler/emit/svg/svg',
  'compiler/values/attributes',
  'compiler/builtins/functions',
  'compiler/builtins/index',
  'compiler/values/value',
  'compiler/sizes/size',
  'compiler/syntax/parse',
  'compiler/syntax/tokens',
  'runtime/preparation/check-text',
  'runtime/experiments/schema/index',
];

/** What the documentation reads of the sources as they stand, built or not. */
export async function loadSources(root) {
  const compiler = await bundled(root, 'sources', modules);
  // Apart from the others: which of its modules are run, a command decides when it is given.
  return { ...compiler, ...(await bundled(root, 'commands', ['cli/program'])) };
}

async function bundled(root, name, paths) {
  // Below the packages, so that their names resolve, and as deep as src/cli, from where the version is read.
  const outfile = join(root, `node_modules/.cache/netc-${name}-${process.pid}.mjs`);
  await build({
    stdin: {
      contents: paths.map((path) => `export * from './src/${path}.ts';`).join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    alias,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.9',
    logLevel: 'warning',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}
