import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';

/** As many as take seconds; `npm run fuzz:texts` and the like try others for as long as they are given. */
it.each([
  ['texts', 800],
  ['experiments', 1200],
  ['weights', 600],
])(
  'damaged %s: each is read or refused, none crashes and none takes long',
  { timeout: 300_000 },
  async (name, cases) => {
    const args = ['test/run.mjs', 'test/fuzz/main.ts', name, '--seed', '1', '--cases', `${cases}`];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      said += chunk;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(said).toContain(`${cases} ${name} (`);
    expect(said).toContain(', 0 crashes, 0 over 2 s, ');
    expect(status).toBe(0);
  },
);
