import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/compiler/compile.js';
import { interpret } from '../../src/compiler/interpret/interpret.js';
import { initialState } from '../../src/runtime/engines/initial-state.js';
import { distance, fed, referenceOf } from '../runtime/engines/tensors.js';
import { engines } from './engines.js';
import { cases, inputsOf } from './training-cases.js';

describe.each(engines)('on $name', (engine) => {
  engine.describe('two steps of training agree with the float64 reference', () => {
    it.each(cases)('%s', async (_, model, options) => {
      const loss = { ...options.loss, weight: 'fov' };
      const program = buildProgram(model, { ...options, loss, inspect: true });
      const state = initialState(program, 7);
      const inputs = inputsOf(program);
      const order = (options.accumulate ?? 1) > 1 ? ['accumulate', 'train'] : ['train'];
      const session = await engine.open(program);
      session.write(state);
      let variables = referenceOf(state);
      for (const name of [...order, ...order]) {
        const fn = program.functions[name]!;
        const expected = interpret(fn, { inputs: inputs(fn), variables });
        const found = session.run(name, fed(inputs(fn)));
        variables = { ...variables, ...expected.updates };
        for (const [output, tensor] of Object.entries(expected.outputs)) {
          expect(distance(found[output]!, tensor), output).toBeLessThan(1e-5);
        }
        const held = session.read();
        for (const [path, tensor] of Object.entries(variables)) {
          expect(distance(held[path]!, tensor), path).toBeLessThan(1e-5);
        }
      }
      session.close();
    });
  });
});
