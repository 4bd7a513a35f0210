import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** How esbuild makes dist/bin, which is what the package runs. */
export const bundle = {
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
};
