import type { Program } from '../../../src/compiler/ir/graph.js';
import { parse } from '../../../src/compiler/ir/parse.js';
import type { HostTensor } from '../../../src/runtime/engines/engine.js';

const predict = parse(`graph predict
symbols N
input x %0: float[N, 2]
weight levels[0]/Scale/factor %1: float[2] = constant(1)
%2: float[N, 2] = mul(%0, %1)
output y[0] %2
`);

const train = parse(`graph train
input by %0: float[2]
weight levels[0]/Scale/factor %1: float[2] = constant(1)
counter steps %2: int[] = constant(0)
%3: float[2] = mul(%1, %0)
%4: int[] = increment(%2)
output factor %3
update levels[0]/Scale/factor %3
update steps %4
`);

/** `predict` multiplies by the weight; `train` multiplies the weight and counts. */
export const scaler: Program = {
  name: 'scaler',
  variables: train.variables,
  functions: { predict, train },
};

export const weight = 'levels[0]/Scale/factor';

export const floats = (...values: number[]): HostTensor => ({
  shape: [values.length],
  data: Float32Array.from(values),
});

export const start = (): Record<string, HostTensor> => ({
  [weight]: floats(2, -3),
  steps: { shape: [], data: Int32Array.of(0) },
});
