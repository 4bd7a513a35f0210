import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { main, root } from './netc.js';

it('ends quietly where nobody reads what it prints, as behind `head`', async () => {
  const command = `set -o pipefail; "$0" "$1" graph models/r2au.net | true`;
  const child = spawn('bash', ['-c', command, process.execPath, main], { cwd: root });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(text).toEqual({ stdout: '', stderr: '' });
  expect(status).toBe(0);
});
