import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { withTensorFlow } from './engine.js';

const vitest = fileURLToPath(
  new URL('../../../../node_modules/vitest/vitest.mjs', import.meta.url),
);
const tests = 'test/compiler/emit/tensorflow/own-operations.test.ts';

// This machine's best set is what all other tests use.
withTensorFlow(
  "netc's own operations agree with the reference by older instruction sets too",
  () => {
    it.each(['baseline', 'avx2'])('%s', async (set) => {
      const { stdout } = await promisify(execFile)(process.execPath, [vitest, 'run', tests], {
        env: { ...process.env, NETC_INSTRUCTION_SET: set },
      });
      expect(stdout).toMatch(/Tests .*2\d passed/);
    });
  },
);
