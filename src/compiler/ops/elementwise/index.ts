import { abs } from './abs.js';
import { add } from './add.js';
import { biasAdd } from './bias-add.js';
import { div } from './div.js';
import { elu } from './elu.js';
import { equal } from './equal.js';
import { erf } from './erf.js';
import { exp } from './exp.js';
import { gelu } from './gelu.js';
import { hardSigmoid } from './hard-sigmoid.js';
import { leakyRelu } from './leaky-relu.js';
import { log } from './log.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { relu } from './relu.js';
import { reluGradient } from './relu-gradient.js';
import { rsqrt } from './rsqrt.js';
import { sigmoid } from './sigmoid.js';
import { sigmoidGradient } from './sigmoid-gradient.js';
import { silu } from './silu.js';
import { softmax } from './softmax.js';
import { softplus } from './softplus.js';
import { sqrt } from './sqrt.js';
import { square } from './square.js';
import { step } from './step.js';
import { sub } from './sub.js';
import { tanh } from './tanh.js';

export const elementwiseOps = {
  abs,
  add,
  biasAdd,
  div,
  elu,
  equal,
  erf,
  exp,
  gelu,
  hardSigmoid,
  leakyRelu,
  log,
  mul,
  neg,
  relu,
  reluGradient,
  rsqrt,
  sigmoid,
  sigmoidGradient,
  silu,
  softmax,
  softplus,
  sqrt,
  square,
  step,
  sub,
  tanh,
};
