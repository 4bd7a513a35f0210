import { beforeAll, describe, expect, it } from 'vitest';
import { interpret } from '../../src/compiler/graph/interpret.js';
import { hostTensor } from '../../src/runtime/weights/fit.js';
import { openProgram, withTensorFlow } from '../compiler/emit/tensorflow/engine.js';
import { apart, type Peer, readPeer, trainInDouble } from './fixture.js';

/** Models, and the networks that bench/peers/pytorch builds of the same papers without netc. */
const networks = [
  ['unet', 'pytorch-unet'],
  ['r2unet', 'pytorch-r2unet'],
  ['attention-unet', 'pytorch-attention-unet'],
  ['r2au', 'pytorch-r2attunet'],
];

describe.each(networks)('%s and %s', (model, name) => {
  let peer: Peer;
  let steps: ReturnType<typeof trainInDouble>;
  beforeAll(async () => {
    peer = await readPeer(model, name);
    steps = trainInDouble(peer, 4);
  }, 60_000);

  it('have the same logits and probabilities', () => {
    const logits = apart(steps[0].outputs.logits, peer.logits);
    expect(logits.difference).toBeLessThan(1e-10 * logits.greatest);
    const { inputs, state: variables } = peer;
    const { mask } = interpret(peer.program.functions.predict, { inputs, variables }).outputs;
    expect(apart(mask, peer.probability).difference).toBeLessThan(1e-10);
  });

  it('have the same gradient of every weight', () => {
    const distances = [...peer.gradients].map(([path, gradient]) =>
      apart(steps[0].outputs[`grad/${path}`], gradient),
    );
    const greatest = Math.max(...distances.map((distance) => distance.greatest));
    const difference = Math.max(...distances.map((distance) => distance.difference));
    expect(difference).toBeLessThan(1e-8 * greatest);
  });

  it('have the same loss over three steps of Adam, and the same moments after them', () => {
    steps.forEach(({ outputs }, step) => {
      expect(Math.abs(outputs.loss.data[0] / peer.losses[step] - 1)).toBeLessThan(1e-7);
    });
    for (const [path, moment] of peer.moments) {
      const { difference, greatest } = apart(steps[2].variables[path], moment);
      expect(difference).toBeLessThan(1e-7 * greatest);
    }
  });

  withTensorFlow('in TensorFlow', () => {
    it('has the logits and probabilities of PyTorch in double', async () => {
      const { program, state, inputs } = peer;
      const session = await openProgram(program);
      const variables = program.variables.map(({ path, value }) => [
        path,
        hostTensor(state[path], value.type.dtype),
      ]);
      session.write(Object.fromEntries(variables));
      const [image, mask] = [inputs.image, inputs.mask].map((t) => hostTensor(t, 'float'));
      const scalar = { shape: [], data: Float64Array.of(0) };
      const scalars = {
        learningRate: hostTensor(scalar, 'float'),
        seed: hostTensor(scalar, 'int'),
      };
      const predicted = session.run('predict', { image });
      const { logits } = session.run('train', { image, mask, ...scalars });
      session.close();
      expect(apart(predicted.mask, peer.probability).difference).toBeLessThan(1e-5);
      const { difference, greatest } = apart(logits, peer.logits);
      expect(difference).toBeLessThan(1e-5 * greatest);
    });
  });
});
