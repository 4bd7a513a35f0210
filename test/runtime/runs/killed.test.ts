import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSafetensors } from '../../../src/runtime/weights/safetensors.js';
import { built } from '../engines/any-engine.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-killed-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes checkpoints over each other, each full of its step's number, and says before each that it begins. */
const writer = `
  const { writeCheckpoint } = await import(process.argv[1]);
  for (let step = 1; ; step++) {
    const data = new Float32Array(1 << 22).fill(step);
    process.stdout.write('begin ' + step + '\\n');
    await writeCheckpoint(process.argv[2], { x: { shape: [1 << 22], data } }, step);
  }
`;

it.each([2, 4])(
  'a process that is killed while it writes checkpoint %i leaves one before whole',
  async (victim) => {
    const path = join(folder, 'last.safetensors');
    const module = built('runs/checkpoint.js');
    const child = spawn(process.execPath, [
      ...['--input-type=module', '--eval', writer],
      ...['--', module, path],
    ]);
    await new Promise<void>((resolve) => {
      child.on('close', () => resolve());
      child.stdout.on('data', (chunk) => {
        if (String(chunk).includes(`begin ${victim}`)) child.kill('SIGKILL');
      });
    });
    expect(child.signalCode).toBe('SIGKILL');
    const { tensors, metadata } = await readSafetensors(path);
    const step = Number(metadata.step);
    expect(step).toBeGreaterThanOrEqual(victim - 1);
    expect(tensors.get('x')!.data.every((value) => value === step)).toBe(true);
  },
);
