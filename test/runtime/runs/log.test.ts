import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendLog, readLog, truncateLog } from '../../../src/runtime/runs/log.js';

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
  expect(await truncateLog(folder, 2)).toEqual({ seconds: 20, missing: [] });
  expect(await readFile(path, 'utf8')).toBe(wanted);
});

it('a log before the first step is empty, and took no time', async () => {
  await writeFile(join(folder, 'log.jsonl'), '{"st');
  expect(await truncateLog(folder, 0)).toEqual({ seconds: 0, missing: [] });
  expect(await readFile(join(folder, 'log.jsonl'), 'utf8')).toBe('');
});

it('a log that lost lines says which steps it lacks', async () => {
  for (const n of [1, 4, 5])
    await appendLog(folder, { step: n, loss: 1, learningRate: 0.1, seconds: n });
  expect(await truncateLog(folder, 8)).toEqual({
    seconds: 5,
    missing: [
      [2, 3],
      [6, 8],
    ],
  });
});

it.each(['{"step": 2, "lo', 'null', '{}', '{"step": 1.5, "loss": 1}', '{"step": 2}'])(
  'a log with the line %s is damaged there, and left as it is',
  async (line) => {
    const path = join(folder, 'log.jsonl');
    await appendLog(folder, { step: 1, loss: 1, learningRate: 0.1, seconds: 1 });
    const text = `${await readFile(path, 'utf8')}${line}\n{"step": 3, "loss": 1}\n`;
    await writeFile(path, text);
    await expect(readLog(folder)).rejects.toThrow('log.jsonl:2 is damaged');
    await expect(truncateLog(folder, 1)).rejects.toThrow('log.jsonl:2 is damaged');
    expect(await readFile(path, 'utf8')).toBe(text);
  },
);
