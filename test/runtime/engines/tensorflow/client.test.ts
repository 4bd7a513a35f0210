import { expect, test } from 'vitest';
import { emitSavedModel } from '../../../../src/compiler/emit/tensorflow/saved-model.js';
import type { Program } from '../../../../src/compiler/ir/graph.js';
import type { Engine } from '../../../../src/runtime/engines/engine.js';
import { withTensorFlow } from '../../../compiler/emit/tensorflow/engine.js';
import { built, testAnyEngine, testAnyWorker } from '../any-engine.js';
import { scaler } from '../scaler.js';

const client = built('engines/tensorflow/client.js');
type Client = typeof import('../../../../src/runtime/engines/tensorflow/client.js');
const { openTensorFlow } = (await import(client)) as Client;

const open = (program: Program): Promise<Engine> =>
  openTensorFlow(emitSavedModel(program), { threads: 1 });

const leftOpen = `
  const { savedModel, signatures } = JSON.parse(process.argv[1]);
  import(${JSON.stringify(client)}).then(({ openTensorFlow }) =>
    openTensorFlow({ savedModel: Buffer.from(savedModel, 'base64'), signatures }));`;

withTensorFlow('TensorFlow on a thread of its own', () => {
  const file = emitSavedModel(scaler);
  testAnyEngine(open);
  testAnyWorker(open, leftOpen, {
    ...file,
    savedModel: Buffer.from(file.savedModel).toString('base64'),
  });

  test('a program that TensorFlow refuses is told when it is opened', async () => {
    const savedModel = file.savedModel.slice(0, 20);
    await expect(openTensorFlow({ ...file, savedModel })).rejects.toMatchObject({
      name: 'EngineError',
      message: expect.stringMatching(/^TensorFlow could not load the program: /),
    });
  });
});
