// npm run fuzz:format -- [--programs n] [--seed n]
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '5000' },
    seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
  },
});
const formatFuzz = { programs: Number(values.programs), seed: Number(values.seed) };
const file = 'test/compiler/format/programs.fuzz.ts';
const provide = { formatFuzz };
const vitest = await startVitest('test', [], { run: true, include: [file], provide });
await vitest.close();
