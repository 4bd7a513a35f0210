import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main, netc, root } from './netc.js';

const experiment = `model: {path: ${join(root, 'models/unet.net')}}
parameters: {base: 2, depth: 1}
data: {kind: synthetic-retina, train: 2, validation: 3, test: 1, size: 64}
engine: {kind: portable}
steps: 14
batch: 2
patch: 32
learningRate: 0.01
checkpoint: {every: 4}
validation: {every: 6, patches: 2}
moments: {batches: 2}
output: run
`;

let folder: string;
const run = (...args: string[]) => netc(args, folder);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-validation-maps-'));
  await writeFile(join(folder, 'x.yaml'), experiment);
  expect(await run('train', 'x.yaml')).toMatchObject({ status: 0 });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** The maps of a run by their paths, in order. */
async function mapsOf(name: string): Promise<readonly (readonly [string, string])[]> {
  const path = join(folder, name, 'validation');
  const names = existsSync(path) ? await readdir(path, { recursive: true }) : [];
  const maps = names.filter((one) => one.endsWith('.png') || /\.[0-9a-f]{8}$/.test(one)).sort();
  return Promise.all(
    maps.map(async (one) => [one, await readFile(join(path, one), 'base64')] as const),
  );
}

describe('the maps that a training keeps of its validations', () => {
  it('are of the first two validation images, at each validation', async () => {
    const maps = await mapsOf('run');
    expect(maps.map(([name]) => name)).toEqual(
      ['00000006', '00000012', '00000014'].flatMap((step) => [
        join(step, '04.png'),
        join(step, '05.png'),
      ]),
    );
    const { images } = JSON.parse(await readFile(join(folder, 'run/data.json'), 'utf8'));
    const validation = images.filter(({ part }: { part: string }) => part === 'validation');
    expect(validation.map(({ id }: { id: string }) => id)).toEqual(['04', '05', '06']);
    expect(new Set(maps.map(([, bytes]) => bytes)).size).toBe(6);
  });

  it('are in the end those that netc evaluate writes of the same weights', async () => {
    const args = ['--split', 'validation', '--weights', 'last', '--out', 'scored'];
    expect(await run('evaluate', 'run', ...args)).toMatchObject({ status: 0 });
    for (const id of ['04', '05']) {
      const kept = await readFile(join(folder, 'run/validation/00000014', `${id}.png`));
      const scored = await readFile(join(folder, 'scored/predictions', `${id}.png`));
      expect([id, kept.equals(scored)]).toEqual([id, true]);
    }
  });

  it('are the same of a run that was killed and goes on, none missing and none left over', async () => {
    const child = spawn(process.execPath, [main, 'train', 'x.yaml', '--out', 'killed'], {
      cwd: folder,
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const maps = join(folder, 'killed/validation');
    while (child.exitCode === null && !existsSync(join(maps, '00000006/05.png'))) {
      await setTimeout(5);
    }
    child.kill('SIGKILL');
    await ended;
    // What one would have left that was killed a moment earlier.
    const bytes = await readFile(join(maps, '00000006/04.png'));
    await writeFile(join(maps, '00000006/.04.png.0123abcd'), bytes);
    const { status, stderr } = await run('train', '--resume', 'killed');
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(await mapsOf('killed')).toEqual(await mapsOf('run'));
  });

  it('end with the step that a run goes on from', async () => {
    const args = ['--steps', '20', '--out', 'stopped', '--set', 'checkpoint.every=100'];
    const child = spawn(process.execPath, [main, 'train', 'x.yaml', ...args], { cwd: folder });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const maps = join(folder, 'stopped/validation');
    while (child.exitCode === null && !existsSync(join(maps, '00000012/05.png'))) {
      await setTimeout(5);
    }
    // No checkpoint was written: it goes on from its beginning, and now keeps none.
    child.kill('SIGKILL');
    await ended;
    const again = ['--resume', 'stopped', '--set', 'validation.pictures=0'];
    expect(await run('train', ...again)).toMatchObject({ status: 0 });
    expect(await mapsOf('stopped')).toEqual([]);
  });

  it.each([
    ['pictures is 0', ['--set', 'validation.pictures=0']],
    ['patches are scored', ['--set', 'data.validation=0']],
    ['nothing is validated', ['--set', 'validation={}']],
  ])('are none where %s', async (name, args) => {
    expect(await run('train', 'x.yaml', '--out', name, '--steps', '6', ...args)).toMatchObject({
      status: 0,
    });
    expect(existsSync(join(folder, name, 'validation'))).toBe(false);
  });
});
