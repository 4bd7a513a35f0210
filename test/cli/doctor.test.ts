import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withTensorFlow } from '../compiler/emit/tensorflow/engine.js';

const main = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url));
const netc = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

withTensorFlow('where the engine is set up', () => {
  test('doctor proves it by a training step', () => {
    const { status, stdout } = netc(['doctor', '--json']);
    const { engines, installed } = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(installed).toContain('cpu');
    expect(engines.tensorflow.engine).toMatch(/^TensorFlow 2\.21\.0, /);
    expect(engines.tensorflow.difference).toBeLessThan(1e-5);
    expect(engines.portable.difference).toBeLessThan(1e-5);
  });

  test('setup says nothing when quiet', () => {
    const { status, stdout, stderr } = netc(['setup', '--quiet']);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

test('doctor says what to do where TensorFlow is not set up, and proves the portable engine', () => {
  const { status, stdout } = netc(['doctor'], { XDG_CACHE_HOME: '/nowhere' });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^tensorflow +fails: .* is not set up: run `netc setup`/m);
  expect(stdout).toMatch(/^portable +tfjs .*: a training step agrees with the reference to /m);
});

/** The options of Node that make it say it runs on another CPU. */
const onRiscV = {
  NODE_OPTIONS: `--import data:text/javascript,Object.defineProperty(process,'arch',{value:'riscv64'})`,
  XDG_CACHE_HOME: '/nowhere',
};

test('where TensorFlow has no wheel, setup says so in one line, and what runs instead', () => {
  const { status, stdout, stderr } = netc(['setup'], onRiscV);
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toMatch(
    /^error: There is no TensorFlow engine for linux-riscv64: .* on the portable engine instead.*\n$/,
  );
  expect(netc(['setup', '--quiet', '--if-possible'], onRiscV).status).toBe(0);
});

test('where TensorFlow has no wheel, doctor does not advise to set it up', () => {
  const { status, stdout } = netc(['doctor'], onRiscV);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^platform +linux-riscv64 \(no TensorFlow engine; the portable/m);
  expect(stdout).toMatch(/^tensorflow +fails: There is no TensorFlow engine for linux-riscv64: /m);
  expect(stdout).not.toContain('run `netc setup`');
});

test('setup without python3 and compiler ends with one line and status 3', () => {
  const { status, stderr } = netc(['setup', '--quiet', '--force'], { PATH: '/nowhere', CXX: '' });
  expect(status).toBe(3);
  expect(stderr).toMatch(/^error: .*without python3 with pip and a C\+\+ compiler.*\n$/m);
});

test('setup that is wanted only if possible says why it is not, and ends well', () => {
  const options = ['setup', '--quiet', '--force', '--if-possible'];
  const { status, stdout, stderr } = netc(options, { PATH: '/nowhere', CXX: '' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toMatch(/^The TensorFlow engine cannot be set up here without python3 .*\n$/);
});
