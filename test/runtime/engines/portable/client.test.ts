import { describe, expect, test } from 'vitest';
import { prove } from '../../../../src/runtime/engines/proof.js';
import { built, testAnyEngine, testAnyWorker } from '../any-engine.js';
import { scaler } from '../scaler.js';

const client = built('engines/portable/client.js');
type Client = typeof import('../../../../src/runtime/engines/portable/client.js');
const { openPortable } = (await import(client)) as Client;

const leftOpen = `import(${JSON.stringify(client)}).then(({ openPortable }) =>
  openPortable(JSON.parse(process.argv[1])));`;

describe('the portable engine on a thread of its own', () => {
  testAnyEngine(openPortable);
  testAnyWorker(openPortable, leftOpen, scaler);

  test('trains a step as the reference does', async () => {
    expect((await prove(openPortable)).difference).toBeLessThan(1e-5);
  });
});
