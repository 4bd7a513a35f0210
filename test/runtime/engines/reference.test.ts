import { describe, expect, test } from 'vitest';
import { prove } from '../../../src/runtime/engines/proof.js';
import { openReference } from '../../../src/runtime/engines/reference.js';
import { testAnyEngine } from './any-engine.js';

describe('the reference as an engine', () => {
  testAnyEngine(openReference);

  test('parts from itself by no more than float32 of what it hands out', async () => {
    expect((await prove(openReference)).difference).toBeLessThan(1e-7);
  });
});
