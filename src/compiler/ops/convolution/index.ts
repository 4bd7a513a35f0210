import { conv } from './conv.js';
import { convKernelGradient } from './conv-kernel-gradient.js';
import { convTranspose } from './conv-transpose.js';

export const convolutionOps = { conv, convTranspose, convKernelGradient };
