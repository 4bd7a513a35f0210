import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netc-lint-'));
  const { vcs: _, ...rules } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(rules));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the project's own lint rules say of a file at `path` that holds `text`. */
function lint(path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  const biome = join(root, 'node_modules/.bin/biome');
  const { stdout, stderr } = spawnSync(biome, ['lint', path], { cwd: folder, encoding: 'utf8' });
  return stdout + stderr;
}

const use = 'export const used = x;\n';

test.each([
  ['node:fs', `import { readFileSync as x } from 'node:fs';\n${use}`],
  ['TensorFlow', `import * as x from '@tensorflow/tfjs-node-gpu';\n${use}`],
  ['the runtime', `import { x } from '../runtime/engines/engine.js';\n${use}`],
])('lint refuses a compiler file that imports %s', (_, text) => {
  expect(lint('src/compiler/impure.ts', text)).toContain('The compiler is pure');
});

test('the same import is fine in the runtime', () => {
  const text = `import { readFileSync as x } from 'node:fs';\n${use}`;
  expect(lint('src/runtime/fine.ts', text)).not.toContain('The compiler is pure');
});
