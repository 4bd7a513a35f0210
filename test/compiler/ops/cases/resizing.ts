import type { OpCase } from './case.js';

export const resizingCases: readonly OpCase[] = [];
