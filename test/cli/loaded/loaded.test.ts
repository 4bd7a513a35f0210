import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { netc } from '../netc.js';

const { dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const direct = Object.keys({ ...dependencies, ...optionalDependencies });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netc-loaded-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The direct dependencies that `netc` loads for a command line, its workers included. */
async function loadedBy(line: string): Promise<readonly string[]> {
  const to = join(folder, 'loaded.txt');
  writeFileSync(to, '');
  const record = new URL('record.mjs', import.meta.url).href;
  const env = { NODE_OPTIONS: `--import=${record}`, LOADED_TO: to };
  const words = line.split(' ').map((word) => word.replace(/^OUT/, join(folder, 'out')));
  const { status, stderr } = await netc(words, undefined, env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const loaded = readFileSync(to, 'utf8').replaceAll('\\', '/');
  return direct.filter((name) => loaded.includes(`/node_modules/${name}/`));
}

/** What `docs/dependencies.md` says, by commands: a list that grows here makes a command slower and its reach larger. */
it.each([
  ['--version', ['commander']],
  // The pages of errors in experiments are made by checking one.
  ['explain NET0402', ['ajv', 'commander', 'yaml']],
  // The descriptions of all commands.
  ['--help', ['ajv', 'commander', 'protobufjs', 'yaml']],
  ['fmt --check models/unet.net', ['commander', 'yaml']],
  ['check models/unet.net', ['commander', 'yaml']],
  ['check experiments/quickstart.yaml', ['ajv', 'commander', 'yaml']],
  ['count models/unet.net', ['commander', 'yaml']],
  ['diff models/unet.net models/r2au.net', ['commander', 'yaml']],
  ['graph models/unet.net', ['commander', 'yaml']],
  ['graph models/unet.net --format mermaid', ['commander', 'yaml']],
  ['graph models/unet.net --format svg', ['commander', 'yaml']],
  ['graph models/unet.net --format pdf --out OUT.pdf', ['commander', 'yaml']],
  ['view models/unet.net --static --out OUT.page', ['ajv', 'commander', 'yaml']],
  ['compile models/unet.net --out OUT', ['commander', 'protobufjs', 'yaml']],
])('netc %s loads no more than it needs', async (line, expected) => {
  expect(await loadedBy(line)).toEqual(expected);
});
