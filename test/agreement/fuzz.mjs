// npm run fuzz:graphs -- [--minutes n] [--seed n]
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
  },
});
const fuzz = { minutes: Number(values.minutes), seed: Number(values.seed) };
const file = 'test/agreement/graphs.fuzz.ts';
const vitest = await startVitest('test', [], { run: true, include: [file], provide: { fuzz } });
await vitest.close();
