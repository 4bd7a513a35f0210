import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watch } from './watch.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-watch-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Tries cases as `work` does; the third hangs and the fifth ends the process. */
const worker = `
  import { writeFileSync } from 'node:fs';
  const { from, to, folder } = JSON.parse(process.argv[1]);
  const outcomes = {};
  const note = (index) => {
    const slowest = { seconds: index / 10, index };
    const one = { name: 'case.net', what: 'made up', bytes: 6 };
    const progress = { index, began: Date.now(), case: one, outcomes, slowest };
    writeFileSync(folder + '/progress.json', JSON.stringify(progress));
  };
  // Longer than anyone waits for a case, as a process takes to start on a busy computer.
  if (from > 0) await new Promise((resolve) => setTimeout(resolve, 2000));
  for (let index = from; index < to; index++) {
    writeFileSync(folder + '/case', 'text ' + index + ' and what is left of another');
    note(index);
    while (index === 3);
    if (index === 5) process.abort();
    outcomes.fine = (outcomes.fine ?? 0) + 1;
  }
  note(to);
`;

it('saves a case that hangs and one that ends the process, and goes on behind them', async () => {
  const work = { seed: 1, from: 0, to: 8, until: Number.MAX_SAFE_INTEGER, folder };
  const start = (part: typeof work) => [
    ...['--input-type=module', '--eval', worker],
    JSON.stringify(part),
  ];
  const { cases, outcomes, slowest, findings } = await watch(start, work, () => {}, 1500);
  expect({ cases, outcomes }).toEqual({ cases: 8, outcomes: { fine: 6 } });
  expect(slowest.index).toBe(8);
  expect(findings).toMatchObject([
    { kind: 'hang', index: 3, name: 'case.net', what: 'made up' },
    { kind: 'death', index: 5, detail: expect.stringContaining('SIGABRT') },
  ]);
  expect(await readFile(join(folder, '3-hang-case.net'), 'utf8')).toBe('text 3');
  expect(await readFile(join(folder, '5-death-case.net'), 'utf8')).toBe('text 5');
});
