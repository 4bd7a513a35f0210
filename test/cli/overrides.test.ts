import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc } from './netc.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-overrides-'));
  await writeFile(
    join(folder, 'units.net'),
    `block Plain(channels) (x) { x -> Conv(channels) -> relu }
block Repeated(channels, steps = 2) (x) { repeat steps with y = x { y -> Plain(channels) } }
`,
  );
  await writeFile(
    join(folder, 'two.net'),
    `import { Plain } from "units.net"

/// One unit,
/// then a head.
model Base(Unit = Plain, base = 4, wide = base * 2) {
  input image: [N, H, W, 3]
  output mask = image -> Unit(wide) -> maxPool(16) -> upsample(16) -> Conv(1) -> sigmoid
}

model Wider = Base(base: 8)
`,
  );
  const rest =
    'data: { kind: synthetic-retina, train: 2, test: 1, size: 64 }\nsteps: 1\npatch: 32\noutput: run\n';
  const head = 'model: { path: two.net, name: Base }\nparameters:\n';
  await writeFile(
    join(folder, 'wrong.yaml'),
    `${head}  Unit: "Repeated(step: 3)"\n  bass: 4\n${rest}`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => netc(args, folder);

describe('--set', () => {
  it('says at --set that a number came in quotes', async () => {
    const { status, stderr } = await run(
      'count',
      'two.net',
      '--model',
      'Base',
      '--set',
      'base="8"',
    );
    expect(status).toBe(1);
    expect(stderr).toContain('base is 4 by default, this is a text');
    expect(stderr).toContain('--> --set base:1:1');
    expect(stderr).toContain("--set 'base=8'");
    expect(stderr).not.toContain('units.net');
  });

  const set = ['--model', 'Base', '--set', 'Unit=Repeated(steps: 3)', '--set', 'base=2'];
  const weights = 3 * 9 * 4 + 4 + 2 * (4 * 9 * 4 + 4) + 4 * 9 + 1;

  it('puts a block with arguments in the place of a parameter, in each command over a model', async () => {
    const count = await run('count', 'two.net', ...set, '--json');
    expect(JSON.parse(count.stdout).parameters).toBe(weights);
    const check = await run('check', 'two.net', ...set, '--describe', '--json');
    expect(JSON.parse(check.stdout).models[0].weights).toBe(weights);
    const diff = await run('diff', 'two.net', ...set, '--json');
    expect(JSON.parse(diff.stdout).same).toBe(false);
    const graph = await run('graph', 'two.net', ...set);
    expect(graph.stdout).toContain('Unit/y[2]/Plain/Conv/kernel');
    const compiled = await run('compile', 'two.net', ...set, '--out', 'out', '--json');
    expect(JSON.parse(compiled.stdout).model).toBe('Base');
    const exported = await run('export', 'two.net', ...set, '--to', 'pytorch', '--out', 'torch');
    expect(exported.status).toBe(0);
  });

  it.each([
    ["Unit='Plain'", 'Unit:1:1', "--set 'Unit=Plain'"],
    ['Unit="Plain"', 'Unit:1:1', "--set 'Unit=Plain'"],
    ['Unit=Repeated(steps 3)', 'Unit:1:16', 'found `3`'],
    ['Unit=Repeated(step: 3)', 'Unit:1:10', 'did you mean steps?'],
    ['Unit=Plan', 'Unit:1:1', 'did you mean Plain?'],
    ['bass=4', 'bass:1:1', 'did you mean base?'],
  ])('says where %s is wrong, and what would be right', async (setting, place, advice) => {
    const { status, stderr } = await run('count', 'two.net', '--model', 'Base', '--set', setting);
    expect(status).toBe(1);
    expect(stderr).toContain(`--> --set ${place}\n`);
    expect(stderr).toContain(advice);
  });
});

describe('the parameters of an experiment', () => {
  it('are shown in it where they are wrong, those of the command line there', async () => {
    const { status, stderr } = await run('train', 'wrong.yaml', '--set', 'wide=narrow');
    expect(status).toBe(1);
    expect(stderr).toContain('--> wrong.yaml:3:19\n');
    expect(stderr).toContain('--> wrong.yaml:4:3\n');
    expect(stderr).toContain('--> --set wide:1:1\n');
  });
});

describe('netc check --describe', () => {
  it('describes each model of the file: what may be set, and who set it', async () => {
    const { stdout } = await run('check', 'two.net', '--describe', '--set', 'Unit=Repeated');
    expect(stdout).toBe(`Base
  One unit,
  then a head.
  Unit = Repeated  --set; default Plain
  base = 4         default
  wide = 8         default base * 2
  input  image: [N, H, W, 3]
  sizes  N, H = 16k, W = 16k
  output mask: [N, H, W, 1]
  weights 881, running statistics 0
  multiply-adds 56,623,104 at 256x256

Wider, a variant of Base at two.net:5
  One unit,
  then a head.
  Unit = Repeated  --set; default Plain
  base = 8         variant Wider at two.net:10; default 4
  wide = 16        default base * 2
  input  image: [N, H, W, 3]
  sizes  N, H = 16k, W = 16k
  output mask: [N, H, W, 1]
  weights 2,913, running statistics 0
  multiply-adds 188,743,680 at 256x256

two.net: no mistakes
Base: H and W are multiples of 16
Wider: H and W are multiples of 16
`);
  });

  it('gives the same as JSON, beside the diagnostics', async () => {
    const { stdout } = await run('check', 'two.net', '--model', 'Wider', '--describe', '--json');
    const { diagnostics, models } = JSON.parse(stdout);
    expect(diagnostics).toEqual([]);
    expect(models).toMatchObject([
      {
        model: 'Wider',
        doc: 'One unit,\nthen a head.',
        variantOf: 'Base at two.net:5',
        parameters: [
          { name: 'Unit', default: 'Plain', value: 'Plain', from: 'default' },
          { name: 'base', default: '4', value: '8', from: 'variant Wider at two.net:10' },
          { name: 'wide', default: 'base * 2', value: '16', from: 'default' },
        ],
        inputs: [{ name: 'image', shape: '[N, H, W, 3]' }],
        sizes: ['N', 'H = 16k', 'W = 16k'],
        outputs: [{ name: 'mask', shape: '[N, H, W, 1]' }],
        multiplyAdds: { height: 256, width: 256 },
      },
    ]);
  });
});

describe('netc graph --format source', () => {
  it('prints one file that is the same network', async () => {
    const args = ['two.net', '--model', 'Wider', '--set', 'Unit=Repeated(steps: 3)'];
    const source = await run('graph', ...args, '--format', 'source', '--out', 'one.net');
    expect(source).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(await run('check', 'one.net')).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = await run('graph', 'one.net');
    expect(stdout).toBe((await run('graph', ...args)).stdout);
  });
});
