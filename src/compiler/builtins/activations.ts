import type { OpDefinition } from '../ops/definition.js';
import { abs } from '../ops/elementwise/abs.js';
import { elu } from '../ops/elementwise/elu.js';
import { exp } from '../ops/elementwise/exp.js';
import { gelu } from '../ops/elementwise/gelu.js';
import { hardSigmoid } from '../ops/elementwise/hard-sigmoid.js';
import { leakyRelu } from '../ops/elementwise/leaky-relu.js';
import { log } from '../ops/elementwise/log.js';
import { relu } from '../ops/elementwise/relu.js';
import { sigmoid } from '../ops/elementwise/sigmoid.js';
import { silu } from '../ops/elementwise/silu.js';
import { softmax } from '../ops/elementwise/softmax.js';
import { softplus } from '../ops/elementwise/softplus.js';
import { sqrt } from '../ops/elementwise/sqrt.js';
import { square } from '../ops/elementwise/square.js';
import { tanh } from '../ops/elementwise/tanh.js';
import { dropPath } from '../ops/structure/drop-path.js';
import { dropout } from '../ops/structure/dropout.js';
import type { Dropout } from '../ops/structure/dropping.js';
import { spatialDropout } from '../ops/structure/spatial-dropout.js';
import { operation } from '../values/builtin.js';
import { real } from '../values/parameters.js';

const elementwise = (op: OpDefinition<1>) =>
  operation({
    name: op.name,
    summary: op.summary,
    parameters: {},
    build: (b, [x]) => b.apply(op, [x!], {})[0],
  });

const dropping = (op: Dropout, usual: number) =>
  operation({
    name: op.name,
    summary: op.summary,
    parameters: { rate: real(usual, 'a number from 0 to below 1', (n) => n >= 0 && n < 1) },
    build: (b, [x], { rate }) => b.apply(op, [x!], { rate, path: b.path })[0],
  });

export const activations = [
  ...[relu, elu, gelu, silu, sigmoid, hardSigmoid, softplus, tanh, softmax].map(elementwise),
  ...[abs, exp, log, sqrt, square].map(elementwise),
  operation({
    name: 'leakyRelu',
    summary: leakyRelu.summary,
    parameters: { slope: real(0.01) },
    build: (b, [x], { slope }) => b.apply(leakyRelu, [x!], { slope })[0],
  }),
  dropping(dropout, 0.5),
  dropping(spatialDropout, 0.5),
  dropping(dropPath, 0.1),
  operation({
    name: 'identity',
    summary: 'x itself.',
    parameters: {},
    build: (_, [x]) => x!,
  }),
];
