import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendLog, truncateLog } from '../../../src/runtime/runs/log.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('a log is taken back to a step, and what a crash left of a line goes', async () => {
  const path = join(folder, 'log.jsonl');
  const step = (n: number) => ({ step: n, loss: 1 / n, learningRate: 0.1, seconds: 10 * n });
  for (const n of [1, 2]) await appendLog(folder, step(n));
  await appendLog(folder, { validation: { step: 2, f1: 0.5 } });
  const wanted = await readFile(path, 'utf8');
  await appendLog(folder, step(3));
  await appendLog(folder, { validation: { step: 3, f1: null } });
  await writeFile(path, `${await readFile(path, 'utf8')}{"step":4,"lo`);
  expect(await truncateLog(folder, 2)).toBe(20);
  expect(await readFile(path, 'utf8')).toBe(wanted);
});

it('a log before the first step is empty, and took no time', async () => {
  await writeFile(join(folder, 'log.jsonl'), '{"st');
  expect(await truncateLog(folder, 0)).toBe(0);
  expect(await readFile(join(folder, 'log.jsonl'), 'utf8')).toBe('');
});
