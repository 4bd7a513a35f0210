import { expect, test } from 'vitest';
import { emitSavedModel } from '../../../../src/compiler/emit/tensorflow/saved-model.js';
import type { Program } from '../../../../src/compiler/ir/graph.js';
import type { Engine } from '../../../../src/runtime/engines/engine.js';
import { plan } from '../../../../src/runtime/engines/tensorflow/load.js';
import { withTensorFlow } from '../../../compiler/emit/tensorflow/engine.js';
import { built, testAnyEngine, testAnyWorker } from '../any-engine.js';
import { scaler } from '../scaler.js';

const client = built('engines/tensorflow/client.js');
type Client = typeof import('../../../../src/runtime/engines/tensorflow/client.js');
const { openTensorFlow, openSavedModel } = (await import(client)) as Client;

const open = (program: Program): Promise<Engine> => openTensorFlow(program, { threads: 1 });

const leftOpen = `
  const { file: { savedModel, signatures }, found } = JSON.parse(process.argv[1]);
  import(${JSON.stringify(client)}).then(({ openSavedModel }) =>
    openSavedModel({ savedModel: Buffer.from(savedModel, 'base64'), signatures }, found));`;

const found = await plan({ threads: 1 }).catch(() => null);

withTensorFlow('TensorFlow on a thread of its own', () => {
  const file = emitSavedModel(scaler);
  testAnyEngine(open);
  testAnyWorker(open, leftOpen, {
    file: { ...file, savedModel: Buffer.from(file.savedModel).toString('base64') },
    found,
  });

  test('a program that TensorFlow refuses is told when it is opened', async () => {
    const savedModel = file.savedModel.slice(0, 20);
    await expect(openSavedModel({ ...file, savedModel }, found!)).rejects.toMatchObject({
      name: 'EngineError',
      message: expect.stringMatching(/^TensorFlow could not load the program: /),
    });
  });
});
