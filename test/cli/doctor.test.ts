import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const netc = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

test('doctor proves the engine by a training step', () => {
  const { status, stdout } = netc(['doctor', '--json']);
  const { proof, installed } = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(installed).toContain('cpu');
  expect(proof.engine).toMatch(/^TensorFlow 2\.21\.0, /);
  expect(proof.difference).toBeLessThan(1e-5);
});

test('doctor says what to do where the engine is not set up, with status 3', () => {
  const { status, stdout } = netc(['doctor'], { XDG_CACHE_HOME: '/nowhere' });
  expect(status).toBe(3);
  expect(stdout).toMatch(/^engine +fails: The TensorFlow engine is not set up: run `netc setup`/m);
});

test('setup without python3 and compiler ends with one line and status 3', () => {
  const { status, stderr } = netc(['setup', '--quiet', '--force'], { PATH: '/nowhere', CXX: '' });
  expect(status).toBe(3);
  expect(stderr).toMatch(/^error: .*without python3 with pip and a C\+\+ compiler.*\n$/m);
});

test('setup of an engine that is there says nothing when quiet', () => {
  const { status, stdout, stderr } = netc(['setup', '--quiet']);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
