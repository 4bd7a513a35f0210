// npm run fuzz:hostile [-- --only "part of a name"]: texts that are to stop the compiler, each under 5 s and 1 GB, in an editor too.
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
process.env.HOSTILE = '1';
const vitest = await startVitest('test', ['test/compiler/hostile/measured.test.ts'], {
  run: true,
  fileParallelism: false,
  ...(values.only ? { testNamePattern: values.only } : {}),
});
await vitest.close();
