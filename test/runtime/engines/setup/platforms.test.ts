import { expect, test } from 'vitest';
import {
  type Machine,
  platforms,
  whyNone,
} from '../../../../src/runtime/engines/setup/platforms.js';

const linux: Machine = { system: 'linux', cpu: 'x64', glibc: '2.36', kernel: '6.1.0' };
const mac: Machine = { system: 'darwin', cpu: 'arm64', glibc: null, kernel: '24.1.0' };

test.each([
  ['Linux on x64', linux],
  ['Linux on arm64', { ...linux, cpu: 'arm64' }],
  ['macOS on Apple silicon', mac],
])('%s has an engine', (title, machine) => {
  expect(whyNone(machine)).toBeNull();
  expect(platforms.map((platform) => platform.title)).toContain(title);
});

test.each<[string, Machine, RegExp]>([
  ['macOS on x64', { ...mac, cpu: 'x64' }, /macOS on x64: .* no wheel for it; on Apple silicon/],
  ['macOS 11', { ...mac, kernel: '20.6.0' }, /macOS before 12: /],
  ['Windows', { ...linux, system: 'win32', glibc: null }, /Windows: .*WSL/],
  ['musl', { ...linux, glibc: null }, /a Linux without glibc: /],
  ['musl on arm64', { ...linux, cpu: 'arm64', glibc: null }, /a Linux without glibc: /],
  ['another CPU', { ...linux, cpu: 'riscv64' }, /linux-riscv64: TensorFlow [.\d]+ has no wheel/],
  ['another system', { ...linux, system: 'freebsd', glibc: null }, /freebsd-x64: /],
])('%s has none, and the reason is one sentence', (_, machine, why) => {
  const text = whyNone(machine);
  expect(text).toMatch(/^There is no TensorFlow engine for [^\n]*\.$/);
  expect(text).toMatch(why);
});

test('a GPU is for Linux on x64', () => {
  expect(whyNone(linux, 'gpu')).toBeNull();
  expect(whyNone({ ...linux, cpu: 'arm64' }, 'gpu')).toMatch(/NVIDIA GPUs on Linux on arm64: /);
  expect(whyNone(mac, 'gpu')).toMatch(/NVIDIA GPUs on macOS on Apple silicon: /);
});
