import type { OpCase } from './case.js';

export const poolingCases: readonly OpCase[] = [];
