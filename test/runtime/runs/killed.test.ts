import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readWith } from '../../../src/runtime/runs/whole-checkpoints.js';
import { readSafetensors } from '../../../src/runtime/weights/safetensors/file.js';
import { built } from '../engines/any-engine.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-killed-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes checkpoints over each other, each full of its step's number, and says before each that it begins. */
const writer = `
  const { saveCheckpoint } = await import(process.argv[1]);
  const { checkpointOf } = await import(process.argv[2]);
  for (let step = 1; ; step++) {
    const data = new Float32Array(1 << 22).fill(step);
    process.stdout.write('begin ' + step + '\\n');
    await saveCheckpoint(process.argv[3], 'last', step, checkpointOf({ x: { shape: [1 << 22], data } }, step));
  }
`;

it.each([2, 4])(
  'a process that is killed while it writes checkpoint %i leaves one before whole',
  async (victim) => {
    await writeFile(join(folder, 'run.json'), '{"hashes": {}, "machine": {}}');
    const modules = [built('runs/save-checkpoint.js'), built('runs/checkpoint.js')];
    const child = spawn(process.execPath, [
      ...['--input-type=module', '--eval', writer],
      ...['--', ...modules, folder],
    ]);
    await new Promise<void>((resolve) => {
      child.on('close', () => resolve());
      child.stdout.on('data', (chunk) => {
        if (String(chunk).includes(`begin ${victim}`)) child.kill('SIGKILL');
      });
    });
    expect(child.signalCode).toBe('SIGKILL');
    const path = join(folder, 'checkpoints', 'last.safetensors');
    const { tensors, metadata } = await readWith(path, readSafetensors);
    const step = Number(metadata.step);
    expect(step).toBeGreaterThanOrEqual(victim - 1);
    expect(tensors.get('x')!.data.every((value) => value === step)).toBe(true);
  },
);
