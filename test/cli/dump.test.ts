import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from '../../src/compiler/ir/parse.js';
import { verify } from '../../src/compiler/ir/verify.js';
import { netc } from './netc.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-dump-'));
  await writeFile(
    join(folder, 'tiny.net'),
    `model Tiny(channels = 4) {
  input image: [N, H, W, 3]
  let features = (image + 0) -> Conv(channels) -> BatchNorm
  output mask = features -> maxPool(2) -> upsample(2) -> Conv(1) -> sigmoid
}
`,
  );
  await writeFile(
    join(folder, 'tiny.yaml'),
    'model: {path: tiny.net}\ndata: {kind: synthetic-retina}\npatch: 32\nsteps: 2\noutput: runs/tiny\n',
  );
  await writeFile(
    join(folder, 'wrong.net'),
    'model Wrong {\n  input image: [N, H, W, 3]\n  output mask = image -> Convv(1)\n}\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

const compile = (file: string, ...options: readonly string[]) =>
  netc(['compile', file, '--out', 'out', ...options], folder);

describe('netc compile --dump-after', () => {
  it('prints the syntax tree in the words of the grammar', async () => {
    const { status, stdout } = await compile('tiny.net', '--dump-after', 'load');
    expect(status).toBe(0);
    expect(stdout).toContain('--- after load\nfile tiny.net\n  definitions\n    - model Tiny\n');
    expect(stdout).toContain('- let\n');
    expect(stdout).toContain('from: name features\n');
    expect(stdout).not.toContain('span');
  });

  it('prints graphs that read back, before sizes are solved, after, and after a pass', async () => {
    const stages = ['expand', 'size', 'rewrite'];
    const flags = stages.flatMap((stage) => ['--dump-after', stage]);
    const { status } = await compile('tiny.net', ...flags, '--dump-dir', 'dumps');
    expect(status).toBe(0);
    const texts = await Promise.all(
      stages.map((stage) => readFile(join(folder, 'dumps', `${stage}.txt`), 'utf8')),
    );
    for (const text of texts) expect(verify(parse(text))).toEqual([]);
    const [expanded, sized, rewritten] = texts;
    expect(expanded).not.toContain('H = 2k');
    expect(sized).toContain('H = 2k');
    expect(sized).toContain(' = add(');
    expect(rewritten).not.toContain(' = add(');
  });

  it("shows an experiment's functions too, and writes them all", async () => {
    const stages = ['train/gradient', 'train/rewrite', 'moments/common-subexpressions'];
    const flags = stages.flatMap((stage) => ['--dump-after', stage]);
    const { status, stdout } = await compile('tiny.yaml', ...flags, '--json');
    expect(status).toBe(0);
    const { dumps, signatures } = JSON.parse(stdout);
    expect(signatures).toEqual(expect.arrayContaining(['predict', 'train', 'moments']));
    expect(Object.keys(dumps)).toEqual(stages);
    for (const text of Object.values<string>(dumps)) expect(verify(parse(text))).toEqual([]);
    expect(dumps['train/gradient']).toContain('output grad/Conv/kernel');
    expect(dumps['train/rewrite']).toContain('update Conv/kernel');
  });

  it('asks for an experiment where a file alone does not say how it trains', async () => {
    const { status, stderr } = await compile('tiny.net', '--dump-after', 'train/loss');
    expect(status).toBe(1);
    expect(stderr).toContain('the program has no function train, only predict: name an experiment');
  });

  it('keeps to one object with --json', async () => {
    const { stdout } = await compile('tiny.net', '--dump-after', 'inference', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      model: 'Tiny',
      dumps: { inference: expect.stringContaining('graph predict') },
    });
  });

  it('prints what was made before an error', async () => {
    const { status, stdout } = await compile('wrong.net', '--dump-after', 'load');
    expect(status).toBe(1);
    expect(stdout).toContain('name: Convv');
  });

  it('asks what was meant by a stage that is not there, and ends with 2', async () => {
    const { status, stderr } = await compile('tiny.net', '--dump-after', 'rewrit', '--out', 'none');
    expect(status).toBe(2);
    expect(stderr).toContain(
      'There is no stage rewrit. Did you mean rewrite? The stages are load, ',
    );
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
