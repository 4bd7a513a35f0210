import { beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, compileModel } from '../../src/compiler/compile.js';
import { type Fetches, interpret } from '../../src/compiler/interpret/interpret.js';
import type { Tensor } from '../../src/compiler/ops/values.js';
import type { Tensors } from '../../src/runtime/engines/engine.js';
import { initialState } from '../../src/runtime/engines/initial-state.js';
import { diskReader } from '../../src/runtime/files/source-reader.js';
import { around, bits, int, listed } from '../compiler/ops/cases/case.js';
import { distance, fed, referenceOf } from '../runtime/engines/tensors.js';
import { engines } from './engines.js';
import { smoothForm } from './smooth-form.js';

const steps = 10;
const training = {
  loss: { kind: 'bce' },
  optimiser: { kind: 'sgd', momentum: 0 },
  inspect: true,
} as const;

const batch = {
  image: around([2, 16, 16, 3], 1),
  mask: bits([2, 16, 16, 1], 2),
  learningRate: listed([], [0.1]),
  seed: int(0),
};

function smoothProgram(file: string) {
  const overrides = { base: '2', depth: '2' };
  const { graph, diagnostics } = compileModel(`models/${file}`, diskReader(), { overrides });
  expect(diagnostics).toEqual([]);
  return buildProgram(smoothForm(graph!), training);
}

const gradientsOf = <T>(outputs: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(outputs).filter(([name]) => name.startsWith('grad/'));

const greatestOf = ({ data }: Tensor): number =>
  data.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 0);

const models = ['unet.net', 'attention-unet.net', 'r2unet.net', 'r2au.net'];

describe.each(models)('the smooth form of %s', (file) => {
  const program = smoothProgram(file);
  const state = initialState(program, 7);
  /** What each step of training gives, from the same float32 weights on. */
  const reference: Fetches[] = [];
  beforeAll(() => {
    let variables = referenceOf(state);
    for (let step = 0; step < steps; step++) {
      reference.push(interpret(program.functions.train!, { inputs: batch, variables }));
      variables = { ...variables, ...reference[step]!.updates };
    }
  });

  it('has no kink left', () => {
    const ops = new Set(program.functions.train!.nodes.map(({ op }) => op.name));
    for (const op of ['relu', 'reluGradient', 'maxPool', 'maxPoolGradient', 'reduceMax'] as const) {
      expect(ops).not.toContain(op);
    }
  });

  describe.each(engines)('on $name', (engine) => {
    engine.describe('agrees with the float64 reference', () => {
      const found: Tensors[] = [];
      beforeAll(async () => {
        const session = await engine.open(program);
        session.write(state);
        for (let step = 0; step < steps; step++) found.push(session.run('train', fed(batch)));
        session.close();
      });

      it('in the logits, to 1e-5 of the largest', () => {
        expect(distance(found[0]!.logits!, reference[0]!.outputs.logits!)).toBeLessThan(1e-5);
      });

      it('in every gradient, to 1e-4 of the largest in the network', () => {
        const wanted = gradientsOf(reference[0]!.outputs);
        const greatest = Math.max(...wanted.map(([, gradient]) => greatestOf(gradient)));
        expect(gradientsOf(found[0]!).length).toBe(wanted.length);
        for (const [name, gradient] of wanted) {
          const difference = gradient.data.map((value, i) => value - found[0]![name]!.data[i]!);
          const error = greatestOf({ ...gradient, data: difference }) / greatest;
          expect(error, name).toBeLessThan(1e-4);
        }
      });

      it('in the loss of ten steps of gradient descent, to 1e-4', () => {
        reference.forEach(({ outputs: { loss } }, step) => {
          expect(distance(found[step]!.loss!, loss!), `step ${step}`).toBeLessThan(1e-4);
        });
        expect(found[steps - 1]!.loss!.data[0]).toBeLessThan(found[0]!.loss!.data[0]!);
      });
    });
  });
});
