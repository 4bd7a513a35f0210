import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Outcome } from '../../../../src/runtime/engines/setup/process.js';
import { tryOut } from '../../../../src/runtime/engines/setup/try-out.js';
import { MachineError } from '../../../../src/runtime/errors/errors.js';
import { fakeMachine } from './fake-tools.js';

/** What is left of a binding after `netc doctor` came to this outcome. */
async function triedOut(outcome: Outcome) {
  const { cache } = await fakeMachine({});
  const addon = join(cache, 'binding', 'tfjs_binding.node');
  await mkdir(join(cache, 'binding'), { recursive: true });
  await writeFile(addon, 'object');
  const error = await tryOut(
    { variant: 'cpu', package: '', addon, kernels: false },
    async () => outcome,
  ).catch((thrown: unknown) => thrown);
  const isKept = await access(addon).then(
    () => true,
    () => false,
  );
  return { error, isKept };
}

const found = (tensorflow: object): Outcome => ({
  status: 0,
  stdout: JSON.stringify({ engines: { tensorflow, portable: { difference: 0 } } }),
  stderr: '',
});

test('an engine that computes a training step as the reference does is kept', async () => {
  const outcome = found({ engine: 'TensorFlow 2.21.0', difference: 2e-8 });
  expect(await triedOut(outcome)).toEqual({ error: undefined, isKept: true });
});

test('one that does not load is taken away, with the reason', async () => {
  const { error, isKept } = await triedOut(found({ error: 'dlopen: no such symbol.' }));
  expect(isKept).toBe(false);
  expect(error).toBeInstanceOf(MachineError);
  expect((error as Error).message).toMatch(/was removed: dlopen: no such symbol\.$/);
});

test('so is one that ends its process', async () => {
  const { error, isKept } = await triedOut({ status: 1, stdout: '', stderr: '' });
  expect(isKept).toBe(false);
  expect((error as Error).message).toMatch(/the process that tried it/);
});
