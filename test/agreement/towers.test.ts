import { expect, it } from 'vitest';
import { buildProgram } from '../../src/compiler/compile.js';
import type { Program } from '../../src/compiler/ir/graph.js';
import { programInTowers } from '../../src/compiler/passes/towers/towers.js';
import type { Tensors } from '../../src/runtime/engines/engine.js';
import { initialState } from '../../src/runtime/engines/initial-state.js';
import { openEngine } from '../../src/runtime/engines/open-engine.js';
import { cpuDevicesVariable } from '../../src/runtime/engines/setup/session-options.js';
import { emitFor } from '../../src/runtime/engines/tensorflow/client.js';
import { plan } from '../../src/runtime/engines/tensorflow/load.js';
import { openSession } from '../../src/runtime/engines/tensorflow/session.js';
import { withTensorFlow } from '../compiler/emit/tensorflow/engine.js';
import { distance, fed, referenceOf } from '../runtime/engines/tensors.js';
import { cases, inputsOf } from './training-cases.js';

async function open(program: Program, devices: number) {
  const found = await plan({ gpu: 'never', devices });
  return openSession(emitFor(found, program), found);
}

/** Variables and the last outputs after steps on one batch of four images. */
async function trained(
  program: Program,
  devices: number,
  order: readonly string[],
): Promise<Tensors> {
  const session = await open(program, devices);
  const inputs = inputsOf(program, 4);
  session.write(initialState(program, 7));
  let outputs: Tensors = {};
  for (const name of order) outputs = session.run(name, fed(inputs(program.functions[name]!)));
  const variables = session.read();
  session.close();
  return { ...variables, ...outputs };
}

withTensorFlow('on two devices of the CPU, two steps leave the weights of one', () => {
  it.each(cases)('%s', async (_, model, options) => {
    const loss = { ...options.loss, weight: 'fov' };
    const program = buildProgram(model, { ...options, loss, inspect: true });
    const once = (options.accumulate ?? 1) > 1 ? ['accumulate', 'train'] : ['train'];
    const order = [...once, ...once];
    const one = referenceOf(await trained(program, 1, order));
    const two = await trained(programInTowers(program, 2), 2, order);
    expect(Object.keys(two).sort()).toEqual(Object.keys(one).sort());
    for (const [path, tensor] of Object.entries(one))
      expect(distance(two[path]!, tensor), path).toBeLessThan(1e-5);
  });

  it('of which both are used, and one that is missing is said', async () => {
    const program = programInTowers(buildProgram(cases[0]![1], cases[0]![2]), 2);
    const found = await plan({ gpu: 'never', devices: 2 });
    process.env[cpuDevicesVariable] = '1';
    const opened = openSession(emitFor(found, program), found).then((session) => {
      session.run('train', fed(inputsOf(program, 4)(program.functions.train!)));
    });
    await expect(opened).rejects.toThrow(/device:CPU:1/);
  });
});

it('an engine that is one device refuses', async () => {
  const program = programInTowers(buildProgram(cases[0]![1], cases[0]![2]), 2);
  const options = { kind: 'portable', gpu: 'auto', threads: null } as const;
  await expect(openEngine(program, options)).rejects.toThrow(
    'The portable engine is one device, and 2 are wanted: give engine.devices 1.',
  );
});
