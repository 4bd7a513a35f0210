import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { main, root } from './netc.js';

it('ends quietly where what it prints is read to the middle only', async () => {
  const command = `set -o pipefail; "$0" "$1" graph models/r2au.net | head -n 1`;
  const child = spawn('bash', ['-c', command, process.execPath, main], { cwd: root });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(text).toEqual({ stdout: 'graph R2AUNet\n', stderr: '' });
  expect(status).toBe(0);
});
