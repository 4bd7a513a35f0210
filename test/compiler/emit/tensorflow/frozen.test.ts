import { afterAll, expect, it } from 'vitest';
import { buildProgram } from '../../../../src/compiler/compile.js';
import { emitFrozenModel } from '../../../../src/compiler/emit/tensorflow/frozen.js';
import { interpret } from '../../../../src/compiler/interpret/interpret.js';
import { initialState } from '../../../../src/runtime/engines/initial-state.js';
import { plan } from '../../../../src/runtime/engines/tensorflow/load.js';
import { openSession } from '../../../../src/runtime/engines/tensorflow/session.js';
import { distance, fed, referenceOf } from '../../../runtime/engines/tensors.js';
import { tinyU } from '../../gradient/networks.js';
import { around } from '../../ops/cases/case.js';
import { withTensorFlow } from './engine.js';

withTensorFlow('a SavedModel with its weights', () => {
  const closing: (() => void)[] = [];
  afterAll(() => {
    for (const close of closing) close();
  });

  it('predicts by itself, without a variable to write', async () => {
    const program = buildProgram(tinyU());
    const weights = initialState(program, 7);
    const file = emitFrozenModel(program.functions.predict!, weights);
    expect(Object.keys(file.signatures)).toEqual(['serving_default']);
    const session = await openSession(file, await plan({ gpu: 'never' }));
    closing.push(() => session.close());
    const inputs = { image: around([2, 6, 4, 2], 1) };
    const { outputs } = interpret(program.functions.predict!, {
      inputs,
      variables: referenceOf(weights),
    });
    const { mask } = session.run('serving_default', fed(inputs));
    expect(distance(mask!, outputs.mask!)).toBeLessThanOrEqual(1e-5);
  });
});
