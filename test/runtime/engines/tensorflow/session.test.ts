import { afterAll, expect, test, vi } from 'vitest';
import { emitSavedModel } from '../../../../src/compiler/emit/tensorflow/saved-model.js';
import type { Program } from '../../../../src/compiler/ir/graph.js';
import type { Session } from '../../../../src/runtime/engines/session.js';
import { plan } from '../../../../src/runtime/engines/tensorflow/load.js';
import { openSession } from '../../../../src/runtime/engines/tensorflow/session.js';
import { withTensorFlow } from '../../../compiler/emit/tensorflow/engine.js';
import { testAnySession, wide } from '../any-session.js';
import { floats, scaler, start } from '../scaler.js';

const open = async (program: Program): Promise<Session> =>
  openSession(emitSavedModel(program, Object.keys(program.functions)), await plan({ threads: 1 }));

withTensorFlow('TensorFlow', () => {
  testAnySession(open);

  test('says everything its bits depend on', async () => {
    const session = await open(scaler);
    expect(session.description).toBe('TensorFlow 2.21.0, CPU, 1 thread, oneDNN');
    session.close();
  });

  test('times nothing that it was not loaded to time', async () => {
    const session = await openSession(emitSavedModel(scaler, ['predict']), await plan());
    session.write(start());
    expect(() => session.time('train', { by: floats(1, 1) })).toThrow(
      "The program was not loaded to time 'train'.",
    );
    session.close();
  });

  test("keeps TensorFlow's words in an error", async () => {
    const session = await open(scaler);
    session.write(start());
    expect(() => session.run('predict', { x: wide })).toThrow(
      /^TensorFlow could not run 'predict': .*Incompatible shapes: /,
    );
    session.close();
  });
});

afterAll(() => vi.unstubAllEnvs());

test('a GPU that is required is never quietly the CPU, and a missing setup is said', async () => {
  vi.stubEnv('XDG_CACHE_HOME', '/nowhere');
  await expect(plan({ gpu: 'require' })).rejects.toThrow(
    /not set up: run `netc setup --gpu` first/,
  );
  await expect(plan()).rejects.toThrow(/not set up: run `netc setup` first/);
});
