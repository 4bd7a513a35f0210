import type { OpCase } from './case.js';

export const convolutionCases: readonly OpCase[] = [];
