// npm run fuzz:mutations -- [--mutants n] [--seed n]
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { values } = parseArgs({
  options: {
    mutants: { type: 'string', default: '10000' },
    seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
  },
});
process.env.MUTANTS = values.mutants;
process.env.MUTANTS_SEED = values.seed;
const file = 'test/compiler/mutations.test.ts';
const vitest = await startVitest('test', [file], { run: true });
await vitest.close();
