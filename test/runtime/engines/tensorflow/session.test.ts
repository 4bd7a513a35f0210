import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emitSavedModel } from '../../../../src/compiler/emit/tensorflow/saved-model.js';
import { parse } from '../../../../src/compiler/graph/parse.js';
import { EngineError } from '../../../../src/runtime/engines/engine.js';
import type { Session } from '../../../../src/runtime/engines/session.js';
import { plan } from '../../../../src/runtime/engines/tensorflow/load.js';
import { openSession } from '../../../../src/runtime/engines/tensorflow/session.js';
import { floats, scaler, start, weight } from './scaler.js';

let session: Session;
beforeAll(async () => {
  session = await openSession(scaler, await plan({ threads: 1 }));
});
afterAll(() => session.close());

const wide = { shape: [1, 3], data: new Float32Array(3) };
const row = { shape: [1, 2], data: Float32Array.of(10, 100) };

test('the engine says everything its bits depend on', () => {
  expect(session.description).toBe('TensorFlow 2.21.0, CPU, 1 thread, oneDNN');
});

test('variables that one function updates are seen by the others', () => {
  session.run('write_state', start());
  const { factor } = session.run('train', { by: floats(0.5, 2) });
  expect([...factor.data]).toEqual([1, -6]);
  expect(session.run('predict', { x: row })).toEqual({
    'y[0]': { shape: [1, 2], data: Float32Array.of(10, -600) },
  });
  expect(session.run('read_state', {})).toEqual({
    [weight]: floats(1, -6),
    steps: { shape: [], data: Int32Array.of(1) },
  });
});

test('a variable does not hold the array it was written from', () => {
  const state = start();
  session.run('write_state', state);
  state[weight].data.fill(7);
  expect([...session.run('read_state', {})[weight].data]).toEqual([2, -3]);
});

test('no tensor outlives a call, nor one that fails', () => {
  session.run('write_state', start());
  const count = session.tensorCount();
  for (let i = 0; i < 1000; i++) session.run('train', { by: floats(1, 1) });
  expect(() => session.run('predict', { x: wide })).toThrow(EngineError);
  expect(session.tensorCount()).toBe(count);
});

test('inputs that are missing or unknown, and unknown functions, are named', () => {
  expect(() => session.run('train', {})).toThrow("'train' lacks the input by.");
  expect(() => session.run('predict', { x: row, z: row })).toThrow("'predict' has no input z.");
  expect(() => session.run('moments', {})).toThrow("The program has no function 'moments'.");
});

test("an error of TensorFlow keeps TensorFlow's words", () => {
  expect(() => session.run('predict', { x: wide })).toThrow(
    /^TensorFlow could not run 'predict': .*Incompatible shapes: /,
  );
});

test('two programs in one process keep their variables apart', async () => {
  const other = await openSession(scaler, await plan({ threads: 1 }));
  session.run('write_state', start());
  other.run('write_state', { ...start(), [weight]: floats(5, 5) });
  expect([...session.run('read_state', {})[weight].data]).toEqual([2, -3]);
  other.close();
  expect([...session.run('predict', { x: row })['y[0]'].data]).toEqual([20, -300]);
});

test('a program without variables runs', async () => {
  const identity = parse(
    'graph predict\ninput x %0: float[2]\n%1: float[2] = neg(%0)\noutput y %1\n',
  );
  const file = emitSavedModel({ name: 'negate', variables: [], functions: { predict: identity } });
  const negate = await openSession(file, await plan({ threads: 1 }));
  expect(negate.run('predict', { x: floats(1, -2) }).y).toEqual(floats(-1, 2));
  negate.close();
});

test('a GPU that is required is never quietly the CPU, and a missing setup is said', async () => {
  vi.stubEnv('XDG_CACHE_HOME', '/nowhere');
  await expect(plan({ gpu: 'require' })).rejects.toThrow(
    /not set up: run `netc setup --gpu` first/,
  );
  await expect(plan()).rejects.toThrow(/not set up: run `netc setup` first/);
  vi.unstubAllEnvs();
});
