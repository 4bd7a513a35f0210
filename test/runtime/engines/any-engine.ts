import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Program } from '../../../src/compiler/ir/graph.js';
import type { Engine } from '../../../src/runtime/engines/engine.js';
import { floats, scaler, start, weight } from './scaler.js';

/** A module as `npm run build` made it: a worker starts from a file of JavaScript. */
export const built = (module: string): string =>
  new URL(`../../../dist/runtime/${module}`, import.meta.url).href;

/** What every engine does. */
export function testAnyEngine(open: (program: Program) => Promise<Engine>): void {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open(scaler);
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
    const count = await engine.tensorCount();
    const doublings = [1, 2, 3].map(() => engine.call('train', { by: floats(2, 1) }));
    const factors = await Promise.all(doublings);
    expect(factors.map(({ factor }) => factor!.data[0])).toEqual([4, 8, 16]);
    expect(await engine.tensorCount()).toBe(count);
  });

  test('an error rejects its own call, and the engine goes on', async () => {
    const failing = engine.call('predict', {});
    const next = engine.read();
    await expect(failing).rejects.toMatchObject({
      name: 'EngineError',
      message: "'predict' lacks the input x.",
    });
    expect(Object.keys(await next)).toContain(weight);
  });
}

/** What an engine on a thread of its own does beside. */
export function testAnyWorker(
  open: (program: Program) => Promise<Engine>,
  script: string,
  program: unknown,
): void {
  test('a closed engine refuses calls', async () => {
    const other = await open(scaler);
    await other.close();
    await expect(other.read()).rejects.toThrow('The engine is closed.');
  });

  test('a process with an engine left open ends by itself, without a word', async () => {
    const run = promisify(execFile);
    const args = ['--eval', script, JSON.stringify(program)];
    const { stdout, stderr } = await run(process.execPath, args);
    expect(stdout + stderr).toBe('');
  });
}
