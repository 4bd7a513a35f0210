import { afterAll, expect, test, vi } from 'vitest';
import type { Program } from '../../../../src/compiler/ir/graph.js';
import type { Session } from '../../../../src/runtime/engines/session.js';
import { emitFor } from '../../../../src/runtime/engines/tensorflow/client.js';
import { plan } from '../../../../src/runtime/engines/tensorflow/load.js';
import { openSession } from '../../../../src/runtime/engines/tensorflow/session.js';
import { withTensorFlow } from '../../../compiler/emit/tensorflow/engine.js';
import { testAnySession, wide } from '../any-session.js';
import { floats, scaler, start } from '../scaler.js';

async function open(program: Program): Promise<Session> {
  const found = await plan({ threads: 1 });
  return openSession(emitFor(found, program, Object.keys(program.functions)), found);
}

withTensorFlow('TensorFlow', () => {
  testAnySession(open);

  test('says everything its bits depend on', async () => {
    const session = await open(scaler);
    expect(session.description).toMatch(
      /^TensorFlow 2\.21\.0, CPU, 1 thread, oneDNN, netc kernels [0-9a-f]{12}$/,
    );
    session.close();
  });

  test('times nothing that it was not loaded to time', async () => {
    const found = await plan();
    const session = await openSession(emitFor(found, scaler, ['predict']), found);
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
