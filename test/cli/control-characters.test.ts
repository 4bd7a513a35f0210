import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../src/runtime/weights/safetensors/file.js';
import { type Answer, netc } from './netc.js';

// Names from files of others that would clear the screen, colour it, move its title or turn the direction of the text.
const name = 'x\u001b[2J\u009b31m\u001b]0;t\u0007\u202e';
const shown = 'x\\u001b[2J\\u009b31m\\u001b]0;t\\u0007\\u202e';

/** Any control but the ends of lines, and signs that turn text. */
const acting = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-controls-'));
  await netc(['data', 'make', 'lesion', '--out', 'd', '--count', '5', '--size', '32'], folder);
  for (const of of ['images', 'masks']) {
    await rename(join(folder, 'd', of, '03.png'), join(folder, 'd', of, `${name}.png`));
  }
});
afterAll(() => rm(folder, { recursive: true }));

function expectShown({ stdout, stderr }: Answer): void {
  expect(stdout + stderr).not.toMatch(acting);
  expect(stdout + stderr).toContain(shown);
}

describe('no control character reaches a terminal', () => {
  it('from a path', async () => {
    expectShown(await netc(['check', `${name}.net`], folder));
    expectShown(await netc(['graph', `${name}.net`], folder));
    expectShown(await netc([name], folder));
    expectShown(await netc(['check', `--${name}`], folder));
  });

  it('from a key and a value of an experiment, in the message and in the line', async () => {
    const text = `model: {path: m.net}\n${JSON.stringify(name)}: 1\nsteps: ${JSON.stringify(name)}\n`;
    await writeFile(join(folder, 'x.yaml'), text);
    const answer = await netc(['check', 'x.yaml'], folder);
    expectShown(answer);
    const { stdout } = await netc(['check', 'x.yaml', '--json'], folder);
    expect(stdout).not.toMatch(acting);
    const keys = JSON.parse(stdout).diagnostics.map(
      ({ facts }: { facts: { key: string } }) => facts.key,
    );
    expect(keys).toContain(name);
  });

  it('from the name of an image that is torn', async () => {
    const torn = join(folder, 'torn');
    await netc(['data', 'make', 'lesion', '--out', torn, '--count', '5', '--size', '32'], folder);
    for (const of of ['images', 'masks']) {
      await rename(join(torn, of, '03.png'), join(torn, of, `${name}.png`));
    }
    await writeFile(join(torn, 'images', `${name}.png`), 'torn');
    expectShown(await netc(['data', 'check', torn], folder));
  });

  it('from the names of images, which a picture shows too', async () => {
    const answer = await netc(['data', 'show', 'd', '--out', 's.png'], folder);
    expect(answer.status).toBe(0);
    expectShown(answer);
    const png = await readFile(join(folder, 's.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  });

  it('from the names of tensors', async () => {
    const tensors = new Map([[name, { shape: [1], data: new Float32Array([1]) }]]);
    const path = join(folder, 'w.safetensors');
    await writeSafetensors(path, { tensors, metadata: { [name]: name } });
    expectShown(await netc(['weights', 'inspect', path], folder));
    await mkdir(join(folder, 'm'));
    await writeFile(
      join(folder, 'm/m.net'),
      'model M {\n input x: [N, H, W, 1]\n output y = x -> Conv(1) -> sigmoid\n}\n',
    );
    const line = ['weights', 'import', 'm/m.net', '--from', path, '--out', 'o.safetensors'];
    expect((await netc(line, folder)).stderr).not.toMatch(acting);
  });
});
