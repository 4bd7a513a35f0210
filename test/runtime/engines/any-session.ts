import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Program } from '../../../src/compiler/ir/graph.js';
import { parse } from '../../../src/compiler/ir/parse.js';
import type { Session } from '../../../src/runtime/engines/session.js';
import { EngineError } from '../../../src/runtime/errors/errors.js';
import { floats, scaler, start, weight } from './scaler.js';

/** One row of the scaler's input, and one that does not fit. */
export const row = { shape: [1, 2], data: Float32Array.of(10, 100) };
export const wide = { shape: [1, 3], data: new Float32Array(3) };

/** What every engine's session does; `open` has its functions timed. */
export function testAnySession(open: (program: Program) => Promise<Session>): void {
  let session: Session;
  beforeAll(async () => {
    session = await open(scaler);
  });
  afterAll(() => session.close());

  test('variables that one function updates are seen by the others', () => {
    session.write(start());
    const { factor } = session.run('train', { by: floats(0.5, 2) });
    expect([...factor!.data]).toEqual([1, -6]);
    expect(session.run('predict', { x: row })).toEqual({
      'y[0]': { shape: [1, 2], data: Float32Array.of(10, -600) },
    });
    expect(session.read()).toEqual({
      [weight]: floats(1, -6),
      steps: { shape: [], data: Int32Array.of(1) },
    });
  });

  test('a variable does not hold the array it was written from', () => {
    const state = start();
    session.write(state);
    state[weight]!.data.fill(7);
    expect([...session.read()[weight]!.data]).toEqual([2, -3]);
  });

  test('no tensor outlives a call, nor one that fails', () => {
    session.write(start());
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

  test('two programs in one process keep their variables apart', async () => {
    const other = await open(scaler);
    session.write(start());
    other.write({ ...start(), [weight]: floats(5, 5) });
    expect([...session.read()[weight]!.data]).toEqual([2, -3]);
    other.close();
    expect([...session.run('predict', { x: row })['y[0]']!.data]).toEqual([20, -300]);
  });

  test('a function is timed node by node, as often as it updates its variables', () => {
    session.write(start());
    const { whole, apart, nodes, assignments } = session.time('train', { by: floats(2, 1) });
    expect([...session.read()[weight]!.data]).toEqual([8, -3]);
    expect(session.read().steps!.data[0]).toBe(2);
    expect(nodes).toHaveLength(2);
    for (const took of [whole, ...nodes, assignments]) expect(took).toBeGreaterThanOrEqual(0);
    expect(nodes.reduce((a, b) => a + b, assignments)).toBeLessThanOrEqual(apart);
  });

  test('a program without variables runs', async () => {
    const predict = parse(
      'graph predict\ninput x %0: float[2]\n%1: float[2] = neg(%0)\noutput y %1\n',
    );
    const negate = await open({ name: 'negate', variables: [], functions: { predict } });
    expect(negate.read()).toEqual({});
    expect(negate.run('predict', { x: floats(1, -2) }).y).toEqual(floats(-1, 2));
    negate.close();
  });
}
