import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc } from './netc.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-cli-'));
  await writeFile(
    join(folder, 'tiny.net'),
    `model Tiny(channels = 4) {
  input image: [N, H, W, 3]
  output mask = image -> Conv(channels) -> relu -> maxPool(2) -> upsample(2) -> Conv(1) -> sigmoid
}
`,
  );
  await writeFile(
    join(folder, 'wrong.net'),
    `model Wrong {
  input image: [N, H, W, 3]
  let a = image -> Convv(4)
  output mask = image -> Conv(2.5) -> sigmoid
}
`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

describe('netc check', () => {
  it('finds nothing wrong with the models and the library', async () => {
    for (const file of ['models/r2au.net', 'models/unet.net', 'models/lib/units.net']) {
      expect(await netc(['check', file])).toMatchObject({ status: 0, stderr: '' });
    }
  });

  it('gives all errors of a file as one object, and 1', async () => {
    const { status, stdout } = await netc(['check', 'wrong.net', '--json'], folder);
    expect(status).toBe(1);
    const { diagnostics } = JSON.parse(stdout);
    expect(diagnostics).toMatchObject([
      { code: 'NET0101', severity: 'error', file: 'wrong.net', line: 3, column: 20 },
      { code: 'NET0207', severity: 'error', file: 'wrong.net', line: 4 },
    ]);
  });

  it('shows an error in its line', async () => {
    const { stderr } = await netc(['check', 'wrong.net'], folder);
    expect(stderr).toContain('let a = image -> Convv(4)');
    expect(stderr).toContain('did you mean Conv?');
  });

  it('says which file is missing', async () => {
    const { status, stderr } = await netc(['check', 'none.net'], folder);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'error: none.net is missing: name .net files or folders of them\n',
    });
  });
});

describe('netc count', () => {
  it('counts weights, moments and multiply-adds of one image', async () => {
    const { stdout } = await netc(['count', 'tiny.net', '--json', '--size', '8x6'], folder);
    expect(JSON.parse(stdout)).toEqual({
      model: 'Tiny',
      parameters: 3 * 9 * 4 + 4 + 4 * 9 + 1,
      state: 0,
      multiplyAdds: 8 * 6 * 9 * (3 * 4 + 4),
      operations: expect.any(Number),
      height: 8,
      width: 6,
      batch: 1,
      // Kept: what the convolutions give, from which the rest is made again. Alive at once: convolution and ReLU; in a step
      // three maps of four channels and the loss, whatever is kept of so small a network.
      memory: {
        training: 4 * 8 * 6 * (4 + 1),
        inference: 4 * 8 * 6 * (4 + 4),
        peak: Object.fromEntries(['high', 'normal', 'low'].map((m) => [m, 4 * (8 * 6 * 12 + 1)])),
      },
    });
  });

  it('counts by block as deep as asked, and by line', async () => {
    const size = ['--size', '8x6', '--json'];
    const whole = await netc(
      ['count', 'tiny.net', '--by', 'block', '--depth', '0', ...size],
      folder,
    );
    expect(JSON.parse(whole.stdout).blocks).toMatchObject([{ path: '', parameters: 149 }]);
    const blocks = await netc(['count', 'tiny.net', '--by', 'block', ...size], folder);
    expect(JSON.parse(blocks.stdout).blocks).toMatchObject([
      { path: '' },
      { path: 'Conv', parameters: 112 },
      { path: 'Conv.2', parameters: 37 },
    ]);
    const lines = await netc(['count', 'tiny.net', '--by', 'line'], folder);
    expect(lines.stdout).toMatch(/tiny\.net:3 +output mask = .* 149 /);
  });

  it('follows --set', async () => {
    const { stdout } = await netc(['count', 'tiny.net', '--json', '--set', 'channels=1'], folder);
    expect(JSON.parse(stdout).parameters).toBe(27 + 1 + 9 + 1);
  });

  it('refuses a size the network is not defined for', async () => {
    const { status, stderr } = await netc(['count', 'tiny.net', '--size', '8x7'], folder);
    expect(status).toBe(1);
    expect(stderr).toMatch(/W is 7, and Tiny wants a multiple of 2/);
  });
});

describe('netc compile and graph', () => {
  it('writes a SavedModel and the graph it is of', async () => {
    const { status, stdout } = await netc(
      ['compile', 'tiny.net', '--out', 'out', '--json'],
      folder,
    );
    expect(status).toBe(0);
    const { model, files } = JSON.parse(stdout);
    expect(model).toBe('Tiny');
    expect(files).toEqual([join('out', 'saved_model.pb'), join('out', 'graph.txt')]);
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['graph.txt', 'saved_model.pb']);
    const graph = await readFile(join(folder, 'out', 'graph.txt'), 'utf8');
    expect((await netc(['graph', 'tiny.net'], folder)).stdout).toBe(graph);
  });

  it('folds blocks, with their weights', async () => {
    const { stdout } = await netc(['graph', 'tiny.net', '--folded'], folder);
    expect(stdout).toContain('sizes N, H = 2k, W = 2k');
    expect(stdout).toContain('Conv(channels: 4) -> [N, H, W, 4], 112 weights');
  });
});

describe('netc graph --format', () => {
  it.each([
    ['mermaid', /^---\ntitle: "Tiny\(channels: 4\)"\n---\nflowchart TB\n/],
    ['dot', /^digraph "Tiny" {\n/],
    ['json', /^{\n {2}"model": "Tiny"/],
    ['svg', /^<svg xmlns=.*>\n/],
  ])('draws as %s', async (format, begin) => {
    const { status, stdout } = await netc(['graph', 'tiny.net', '--format', format], folder);
    expect(status).toBe(0);
    expect(stdout).toMatch(begin);
  });

  it('writes a file where it is asked to', async () => {
    const args = ['graph', 'tiny.net', '--format', 'dot'];
    const { stdout } = await netc([...args, '--out', 'tiny.dot'], folder);
    expect(stdout).toBe('');
    expect(await readFile(join(folder, 'tiny.dot'), 'utf8')).toBe(
      (await netc(args, folder)).stdout,
    );
    expect((await netc(['graph', 'tiny.net', '--format', 'png'], folder)).status).toBe(2);
  });
});

describe('netc golden', () => {
  it('holds the models and the examples of the checkout', async () => {
    expect(await netc(['golden', '--check'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('tells a changed model, and is content once it is written', async () => {
    expect((await netc(['golden', 'tiny.net', '--check'], folder)).status).toBe(1);
    expect((await netc(['golden', 'tiny.net'], folder)).status).toBe(0);
    expect((await netc(['golden', 'tiny.net', '--check'], folder)).status).toBe(0);
  });
});

describe('the command line', () => {
  it('is at fault with 2, and says what was meant', async () => {
    const unknown = await netc(['chekc', 'tiny.net'], folder);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toMatch(/unknown command 'chekc'[\s\S]*check/);
    const option = await netc(['count', 'tiny.net', '--sice', '8x8'], folder);
    expect(option.status).toBe(2);
    expect(option.stderr).toMatch(/--size/);
    expect((await netc(['count'], folder)).status).toBe(2);
    expect((await netc(['count', 'tiny.net', '--size', 'big'], folder)).status).toBe(2);
  });

  it('shows help and version with 0', async () => {
    const help = await netc(['--help']);
    expect(help.status).toBe(0);
    for (const name of ['check', 'compile', 'count', 'train', 'evaluate', 'setup', 'doctor']) {
      expect(help.stdout).toContain(`  ${name} `);
    }
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await netc(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n` });
  });
});
