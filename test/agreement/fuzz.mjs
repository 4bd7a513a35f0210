// npm run fuzz:graphs -- [--minutes n] [--networks n] [--seed n]: on each engine so many networks, or half of the minutes
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    networks: { type: 'string' },
    seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
  },
});
const { minutes = values.networks ? '30000' : '5', networks = `${Number.MAX_SAFE_INTEGER}` } =
  values;
const fuzz = {
  minutes: Number(minutes),
  networks: Number(networks),
  seed: Number(values.seed),
};
const file = 'test/agreement/graphs.fuzz.ts';
const vitest = await startVitest('test', [], { run: true, include: [file], provide: { fuzz } });
await vitest.close();
