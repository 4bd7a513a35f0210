// node test/run.mjs SCRIPT.ts [its options]: runs a script of the tests that is written in TypeScript. It is bundled from the
// sources, so that nothing needs to be built, and a later build does not change what runs.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { alias, root } from '../scripts/bundle.mjs';

const [script] = process.argv.splice(2, 1);
// Below the packages, so that imports of them find them.
const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'netc-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(signal, () => process.exit(status));
}

const outfile = join(folder, 'script.mjs');
await build({
  absWorkingDir: root,
  entryPoints: [resolve(script)],
  outfile,
  alias,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  target: 'node20.9',
  logLevel: 'warning',
});
process.argv[1] = outfile;
await import(pathToFileURL(outfile).href);
