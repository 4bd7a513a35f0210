import type { OpCase } from './case.js';

export const structureCases: readonly OpCase[] = [];
