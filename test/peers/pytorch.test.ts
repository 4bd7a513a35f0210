import { beforeAll, describe, expect, it } from 'vitest';
import { interpret } from '../../src/compiler/interpret/interpret.js';
import type { Program } from '../../src/compiler/ir/graph.js';
import { openSession } from '../../src/runtime/engines/portable/session.js';
import type { Session } from '../../src/runtime/engines/session.js';
import { hostTensor } from '../../src/runtime/weights/fit.js';
import { openProgram, withTensorFlow } from '../compiler/emit/tensorflow/engine.js';
import { apart, type Pairing, type Peer, readPeer, trainInDouble } from './fixture.js';

const shipped = {
  unet: 'unet',
  r2unet: 'r2unet',
  'attention-unet': 'attention-unet',
  r2au: 'r2attunet',
};
const networks: Pairing[] = [
  ...Object.entries(shipped).map(([model, theirs]) => {
    const peer = `pytorch-${theirs}`;
    return { model, peer, map: `models/maps/${peer}.yaml` };
  }),
  ...['segnet', 'fcn8s', 'bcdunet'].map((model) => {
    return { model, peer: model, map: `test/fixtures/pytorch/${model}.yaml` };
  }),
];

describe.each(networks)('$model and the same network in PyTorch', (pairing) => {
  let peer: Peer;
  let steps: ReturnType<typeof trainInDouble>;
  beforeAll(async () => {
    peer = await readPeer(pairing);
    steps = trainInDouble(peer, 4);
  }, 60_000);

  it('have the same logits and probabilities in double', () => {
    const logits = apart(steps[0]!.outputs.logits!, peer.logits);
    expect(logits.difference).toBeLessThan(1e-10 * logits.greatest);
    const { inputs, state: variables } = peer;
    const { mask } = interpret(peer.program.functions.predict!, { inputs, variables }).outputs;
    expect(apart(mask!, peer.probability).difference).toBeLessThan(1e-10);
  });

  it('have the same gradient of every weight', () => {
    const distances = [...peer.gradients].map(([path, gradient]) =>
      apart(steps[0]!.outputs[`grad/${path}`]!, gradient),
    );
    const greatest = Math.max(...distances.map((distance) => distance.greatest));
    const difference = Math.max(...distances.map((distance) => distance.difference));
    expect(difference).toBeLessThan(1e-8 * greatest);
  });

  it('have the same loss over three steps of Adam, and the same moments after them', () => {
    steps.forEach(({ outputs }, step) => {
      expect(Math.abs(outputs.loss!.data[0]! / peer.losses[step]! - 1)).toBeLessThan(1e-7);
    });
    for (const [path, moment] of peer.moments) {
      const { difference, greatest } = apart(steps[2]!.variables[path]!, moment);
      expect(difference).toBeLessThan(1e-7 * greatest);
    }
  });

  const agrees = (open: (program: Program) => Promise<Session>) => async () => {
    const { program, state, inputs } = peer;
    const session = await open(program);
    const variables = program.variables.map(({ path, value }) => [
      path,
      hostTensor(state[path]!, value.type.dtype),
    ]);
    session.write(Object.fromEntries(variables));
    const [image, mask] = [inputs.image, inputs.mask].map((t) => hostTensor(t, 'float'));
    const zero = { shape: [], data: Float64Array.of(0) };
    const scalars = { learningRate: hostTensor(zero, 'float'), seed: hostTensor(zero, 'int') };
    const predicted = session.run('predict', { image: image! });
    const { logits } = session.run('train', { image: image!, mask: mask!, ...scalars });
    session.close();
    expect(apart(predicted.mask!, peer.probability).difference).toBeLessThan(1e-5);
    const { difference, greatest } = apart(logits!, peer.logits);
    expect(difference).toBeLessThan(1e-5 * greatest);
  };

  it('have the same logits and probabilities on the portable engine', agrees(openSession));
  withTensorFlow('in TensorFlow', () => {
    it('have the same logits and probabilities', agrees(openProgram));
  });
});
