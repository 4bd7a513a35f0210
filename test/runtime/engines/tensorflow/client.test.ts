import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../../src/runtime/engines/engine.js';
import { floats, scaler, start, weight } from './scaler.js';

// A worker starts from a file of JavaScript: the built client is what is tested.
const built = new URL('../../../../dist/runtime/engines/tensorflow/client.js', import.meta.url)
  .href;
type Client = typeof import('../../../../src/runtime/engines/tensorflow/client.js');
const { openTensorFlow } = (await import(built)) as Client;

let engine: Engine;
beforeAll(async () => {
  engine = await openTensorFlow(scaler, { threads: 1 });
});
afterAll(() => engine.close());

test('state is written and read by path, and the caller keeps its arrays', async () => {
  const state = start();
  await engine.write(state);
  expect(await engine.read()).toEqual(state);
});

test('a view of a larger array is written as the view alone', async () => {
  const all = Float32Array.of(0, 1, 2, 3);
  await engine.write({ ...start(), [weight]: { shape: [2], data: all.subarray(1, 3) } });
  expect((await engine.read())[weight]).toEqual(floats(1, 2));
});

test('calls made at once are answered in their order', async () => {
  await engine.write(start());
  const doublings = [1, 2, 3].map(() => engine.call('train', { by: floats(2, 1) }));
  const factors = await Promise.all(doublings);
  expect(factors.map(({ factor }) => factor.data[0])).toEqual([4, 8, 16]);
  expect(await engine.tensorCount()).toBe(0);
});

test('an error in the worker rejects its own call, and the engine goes on', async () => {
  const failing = engine.call('predict', {});
  const next = engine.read();
  await expect(failing).rejects.toMatchObject({
    name: 'EngineError',
    message: "'predict' lacks the input x.",
  });
  expect(Object.keys(await next)).toContain(weight);
});

test('a program that TensorFlow refuses is told when it is opened', async () => {
  const savedModel = scaler.savedModel.slice(0, 20);
  await expect(openTensorFlow({ ...scaler, savedModel })).rejects.toMatchObject({
    name: 'EngineError',
    message: expect.stringMatching(/^TensorFlow could not load the program: /),
  });
});

test('a closed engine refuses calls', async () => {
  const other = await openTensorFlow(scaler, { threads: 1 });
  await other.close();
  await expect(other.read()).rejects.toThrow('The engine is closed.');
});

test('a process with an engine left open ends by itself, without a word', async () => {
  const script = `
    const { savedModel, signatures } = JSON.parse(process.argv[1]);
    import(${JSON.stringify(built)}).then(({ openTensorFlow }) =>
      openTensorFlow({ savedModel: Buffer.from(savedModel, 'base64'), signatures }));`;
  const savedModel = Buffer.from(scaler.savedModel).toString('base64');
  const file = JSON.stringify({ ...scaler, savedModel });
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--eval', script, file]);
  expect(stdout + stderr).toBe('');
});
