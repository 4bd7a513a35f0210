// `npm run watch [FOLDER OR FILE OF TESTS]`, after a build: at each change of a source, dist/ is built again, types are
// checked, and the tests run that import what changed since the last commit. Tests that run `netc` as a program import
// nothing of it: name them, as in `npm run watch test/cli`.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { context } from 'esbuild';
import { bundle, root } from './bundle.mjs';

const resolve = createRequire(import.meta.url).resolve;
const program = (name, path) => join(dirname(resolve(`${name}/package.json`)), path);
const started = (...args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });

const building = await context(bundle);
await building.watch();
const project = ['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'];
const types = started(program('typescript', 'bin/tsc'), ...project);
const wanted = process.argv.slice(2);
const which = wanted.length > 0 ? wanted : ['--changed'];
const tests = started(program('vitest', 'vitest.mjs'), 'watch', ...which);

tests.on('exit', async (code) => {
  types.kill();
  await building.dispose();
  process.exitCode = code ?? 0;
});
