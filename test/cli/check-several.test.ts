import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc, root } from './netc.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-check-'));
  const model = (name: string) => `import { Unit } from "lib/units.net"
model ${name} {
  input image: [N, H, W, 3]
  output mask = image -> Unit(4) -> Conv(1) -> sigmoid
}
`;
  const experiment = (steps: string) => `model: {path: ../nets/one.net}
data: {kind: synthetic-retina, train: 2, test: 1, size: 64}
patch: 32
steps: ${steps}
output: run
`;
  const files = {
    'nets/one.net': model('One'),
    'nets/two.net': model('Two'),
    'nets/lib/units.net': 'block Unit(n) (x) { x -> Conv(n) -> relu }\n',
    'nets/notes.yaml': 'title: not an experiment\n',
    'wrong/one.net': model('One'),
    'wrong/two.net': model('Two'),
    'wrong/lib/units.net': 'block Unit(n) (x) { x -> Cnov(n) }\n',
    'experiments/good.yaml': experiment('1'),
    'experiments/bad.yaml': experiment('-1'),
    'runs/made/experiment.yaml': experiment('none'),
    'empty/notes.txt': 'nothing\n',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => netc(args, folder);

describe('netc check of several files', () => {
  it('gives each its verdict and ends with one of all', async () => {
    const { status, stdout, stderr } = await run('check', 'nets/two.net', 'nets/one.net');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      'nets/two.net: no mistakes\nTwo: N, H and W are any size\n' +
        'nets/one.net: no mistakes\nOne: N, H and W are any size\n2 files: no mistakes\n',
    );
  });

  it('reports a mistake once that two files import', async () => {
    const { status, stdout, stderr } = await run('check', 'wrong');
    expect(status).toBe(1);
    expect(stderr.match(/^error NET/gm)).toHaveLength(1);
    expect(stderr).toContain('--> wrong/lib/units.net:1:26');
    expect(stdout).toContain('wrong/one.net: 1 error, 0 warnings\n');
    expect(stdout).toContain('wrong/two.net: 1 error, 0 warnings\n');
    expect(stdout).toMatch(/\n3 files: 1 error, 0 warnings\n$/);
  });

  it('prints one object with --json', async () => {
    const { status, stdout } = await run('check', 'nets', 'wrong/one.net', '--json');
    expect(status).toBe(1);
    const { diagnostics, files, sizes } = JSON.parse(stdout);
    expect(diagnostics).toMatchObject([{ code: 'NET0101', file: 'wrong/lib/units.net', line: 1 }]);
    expect(files).toEqual([
      { file: 'nets/lib/units.net', errors: 0, warnings: 0 },
      { file: 'nets/one.net', errors: 0, warnings: 0 },
      { file: 'nets/two.net', errors: 0, warnings: 0 },
      { file: 'wrong/one.net', errors: 1, warnings: 0 },
    ]);
    expect(sizes).toMatchObject([
      { file: 'nets/one.net', model: 'One' },
      { file: 'nets/two.net', model: 'Two' },
    ]);
  });

  it('takes a path named twice, by itself and in its folder, once', async () => {
    const { stdout } = await run('check', 'nets', 'nets/one.net');
    expect(stdout).toMatch(/\n3 files: no mistakes\n$/);
  });

  it('asks for one file where a model is named', async () => {
    const { status, stderr } = await run('check', 'nets', '--model', 'One');
    expect(status).toBe(2);
    expect(stderr).toContain('--model names a model of one file, and there are 3 files');
  });

  it.each([
    [['nets', 'nts/one.net'], 'nts/one.net is missing: did you mean nets/one.net?'],
    [['empty'], 'empty holds no .net file and no experiment'],
  ])('says which of %s is at fault', async (paths, said) => {
    const { status, stdout, stderr } = await run('check', ...paths);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(said);
  });
});

describe('netc check of experiments', () => {
  it('looks at them and their networks, and leaves the folders of runs alone', async () => {
    const { status, stdout, stderr } = await run('check', 'experiments', 'runs', 'nets');
    expect(status).toBe(1);
    expect(stderr).toContain('--> experiments/bad.yaml:4:8');
    expect(stdout).toContain('experiments/bad.yaml: 1 error, 0 warnings\n');
    expect(stdout).toContain('experiments/good.yaml: no mistakes\n');
    expect(stdout).not.toContain('runs/made');
    expect(stdout).not.toContain('notes.yaml');
  });

  it('finds no mistake in those that are shipped, the ablations among them', async () => {
    const { status, stdout } = await netc(['check', 'experiments'], root);
    expect(status).toBe(0);
    expect(stdout).toContain('experiments/ablations/paper-drive.yaml: no mistakes\n');
  });

  it('has nothing to say of image sizes', async () => {
    const { status, stderr } = await run('check', 'experiments/good.yaml', '--size', '64x64');
    expect(status).toBe(2);
    expect(stderr).toContain('--size asks about .net files, and experiments/good.yaml is none');
  });
});

describe('netc fmt', () => {
  it('leaves the sources alone that a run keeps', async () => {
    await mkdir(join(folder, 'runs/made/model'));
    await writeFile(join(folder, 'runs/made/model/kept.net'), 'block  A (x)  { x }\n');
    const { stdout } = await run('fmt', '--check', 'runs', 'nets/lib');
    expect(stdout).not.toContain('kept.net');
    expect((await run('fmt', '--check', 'runs/made')).stdout).toContain('kept.net');
  });

  it('says what a file is that is no network', async () => {
    const { status, stderr } = await run('fmt', 'experiments/good.yaml');
    expect(status).toBe(1);
    expect(stderr).toContain('experiments/good.yaml is an experiment: its network is nets/one.net');
  });
});
