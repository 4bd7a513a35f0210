import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc, root } from './netc.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-wrong-files-'));
  for (const name of ['models', 'experiments']) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  await mkdir(join(folder, 'runs/made'), { recursive: true });
  await cp(join(root, 'experiments/quickstart.yaml'), join(folder, 'runs/made/experiment.yaml'));
  await writeFile(join(folder, 'net.py'), 'import torch\n');
});
afterAll(() => rm(folder, { recursive: true }));

const drive = 'experiments/drive.yaml';
const ablation = 'experiments/ablations/drive-quick.yaml';

describe('a file of another kind than a command takes', () => {
  it.each([
    [`count ${drive}`, `${drive} is an experiment: its network is models/r2au.net`],
    [`graph ${ablation}`, `${ablation} is an ablation: name a .net file`],
    ['count models', 'models is a folder: name a .net file in it, such as models/'],
    ['compile net.py', 'net.py is Python: a network is written as a .net file'],
    ['diff models/unet.net models', 'models is a folder: name a .net file in it'],
    ['train models/unet.net', 'begins `model: {path: models/unet.net}`'],
    ['train experiments', 'name an experiment in it, such as experiments/drive-'],
    ['train runs/made', 'netc train --resume runs/made goes on with it'],
    [`train ${ablation}`, `is an ablation: netc ablate ${ablation} trains its variants`],
    [`ablate ${drive}`, `is an experiment: netc train ${drive} trains it`],
    [`evaluate ${drive}`, `netc train ${drive} makes its run, the folder runs/drive`],
    ['evaluate runs', "name a run's folder in it, such as runs/made"],
    ['evaluate models/unet.net', 'name the folder that netc train made'],
    ['predict image.png other.png -o out', 'the folder that netc train made before the images'],
    ['golden models', 'models is a folder'],
  ])('netc %s', async (line, said) => {
    const { status, stdout, stderr } = await netc(line.split(' '), folder);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('is one object where one is asked for', async () => {
    const { status, stdout } = await netc(['count', drive, '--json'], folder);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).error.message).toContain('its network is models/r2au.net');
  });
});
