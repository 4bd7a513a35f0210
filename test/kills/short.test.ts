import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';

/** As few as take seconds; `npm run test:kills` tries others of every phase, on both engines. */
it('a run that is killed goes on and ends to the byte as one that was never interrupted', {
  timeout: 300_000,
}, async () => {
  const options = ['--seed', '1', '--kills', '3', '--engine', 'portable', '--only', 'runs'];
  const args = ['test/run.mjs', 'test/kills/main.ts', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    said += chunk;
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(said).toMatch(
    /portable: [3-9] kills of \d runs and ablations, 0 not as they would have been/,
  );
  expect(status).toBe(0);
});
