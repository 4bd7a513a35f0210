import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('what npm run docs makes is up to date', () => {
  const { stderr, status } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});
