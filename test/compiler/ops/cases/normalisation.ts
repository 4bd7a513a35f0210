import type { OpCase } from './case.js';

export const normalisationCases: readonly OpCase[] = [];
