import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Packages in one file that stand for many small ones, which take long to find. */
export const alias = {
  chevrotain: fileURLToPath(new URL('../chevrotain.min.mjs', import.meta.resolve('chevrotain'))),
};

/**
 * How esbuild makes the scripts of the page of `netc view`: all they need is in them, since the page asks for nothing but, where a
 * run is tried, the last of them.
 */
export const pageBundle = {
  absWorkingDir: root,
  entryPoints: {
    'view-page': 'src/view/main.ts',
    'view-worker': 'src/view/worker.ts',
    'view-trial': 'src/view/trial/worker.ts',
  },
  alias,
  outdir: 'dist/bin',
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  logLevel: 'warning',
};

/** How esbuild makes dist/bin, which is what the package runs and what others import. */
export const bundle = {
  absWorkingDir: root,
  // The workers lie beside the chunks that start them, since those look for them there.
  entryPoints: {
    main: 'src/cli/main.ts',
    compiler: 'src/compiler/index.ts',
    runtime: 'src/runtime/index.ts',
    'tensorflow-worker': 'src/runtime/engines/tensorflow/tensorflow-worker.ts',
    'portable-worker': 'src/runtime/engines/portable/portable-worker.ts',
    'server-worker': 'src/editor/threads/server-worker.ts',
    'batches-worker': 'src/runtime/data/batches/batches-worker.ts',
  },
  entryNames: '[name]',
  alias,
  outdir: 'dist/bin',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.9',
  logLevel: 'warning',
};
