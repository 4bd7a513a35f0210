import { spawn, spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ablationFolder, experimentText } from '../runtime/ablation/fake-runs.js';
import { main } from './netc.js';

let folder: string;
beforeAll(async () => {
  folder = await ablationFolder();
  await writeFile(join(folder, 'x.yaml'), experimentText.replace('steps: 20', 'steps: 1000000'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts a training as `netc ablate` does, says its number, and dies after some milliseconds. */
const parentFor = (ms: number): string => `
const { spawn } = require('node:child_process');
const args = ${JSON.stringify([main, 'train', 'x.yaml'])};
const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
require('node:fs').writeSync(1, String(child.pid));
setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${ms});
`;

it.each([0, 10, 20, 30, 50])(
  'a training ends whose ablation was killed %i ms after its start',
  async (ms) => {
    const { stdout } = spawn(process.execPath, ['-e', parentFor(ms)], { cwd: folder });
    const pid = Number(await new Promise((resolve) => stdout.once('data', resolve)));
    try {
      for (let i = 0; i < 200 && lives(pid); i++) await setTimeout(100);
      expect(lives(pid)).toBe(false);
    } finally {
      if (lives(pid)) process.kill(pid, 'SIGKILL');
    }
  },
  30_000,
);

/** One that has ended, and whose end nobody has asked for, does not. */
const lives = (pid: number): boolean =>
  /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout);
