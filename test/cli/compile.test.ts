import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc } from './netc.js';

const files = ['graph.txt', 'saved_model.pb'];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-compile-'));
  await mkdir(join(folder, 'nets'));
  const model = (name: string, channels: number) => `model ${name} {
  input image: [N, H, W, 3]
  output mask = image -> Conv(${channels}) -> Conv(1) -> sigmoid
}
`;
  await writeFile(join(folder, 'nets/tiny.net'), model('Tiny', 2));
  await writeFile(join(folder, 'nets/two.net'), model('A', 2) + model('B', 3));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => netc(args, folder);
const contents = async (path: string) => (await readdir(join(folder, path))).sort();

describe('netc compile without --out', () => {
  it('writes a folder beside the file, named in one line, and again over its own', async () => {
    for (let i = 0; i < 2; i++) {
      const { status, stdout, stderr } = await run('compile', 'nets/tiny.net');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toBe('Tiny: nets/tiny-compiled (saved_model.pb, graph.txt)\n');
      expect(await contents('nets/tiny-compiled')).toEqual(files);
    }
  });

  it('keeps the models of one file apart', async () => {
    for (const model of ['A', 'B']) await run('compile', 'nets/two.net', '--model', model);
    for (const model of ['A', 'B']) {
      const graph = await readFile(join(folder, `nets/two-${model}-compiled/graph.txt`), 'utf8');
      expect(graph.startsWith(`graph ${model}\n`)).toBe(true);
    }
  });

  it.each([
    ['notes.txt', 'mine'],
    ['graph.txt', 'a drawing of mine'],
    ['saved_model.pb', 'from elsewhere'],
  ])('leaves a folder alone that holds a %s of another', async (name, text) => {
    const place = join(folder, 'nets/two-A-compiled');
    await rm(place, { recursive: true, force: true });
    await mkdir(place);
    await writeFile(join(place, name), text);
    const { status, stderr } = await run('compile', 'nets/two.net', '--model', 'A');
    expect(status).toBe(1);
    expect(stderr).toMatch(/two-A-compiled holds .*: name another folder by --out\n$/);
    expect(await contents('nets/two-A-compiled')).toEqual([name]);
    expect(await readFile(join(place, name), 'utf8')).toBe(text);
  });
});

describe('a folder named to netc compile', () => {
  it('may hold other files, which stay', async () => {
    await mkdir(join(folder, 'shared'));
    await writeFile(join(folder, 'shared/notes.txt'), 'mine');
    expect((await run('compile', 'nets/tiny.net', '-o', 'shared')).status).toBe(0);
    expect(await contents('shared')).toEqual(['graph.txt', 'notes.txt', 'saved_model.pb']);
  });

  it('may not hold an exported network, which has weights and would lose them', async () => {
    await run('export', 'nets/tiny.net', '--to', 'savedmodel', '--out', 'exported');
    const before = await readFile(join(folder, 'exported/saved_model.pb'));
    const { status, stderr } = await run('compile', 'nets/tiny.net', '--out', 'exported');
    expect(status).toBe(1);
    expect(stderr).toContain('exported holds a saved_model.pb that netc compile did not write');
    expect(await readFile(join(folder, 'exported/saved_model.pb'))).toEqual(before);
  });
});

describe('where results go', () => {
  it.each([['-o', 'a'], ['--out', 'b'], ['--output', 'c'], ['--output=d']])(
    'is said by %s',
    async (...option) => {
      const name = option.join('').slice(-1);
      expect((await run('compile', 'nets/tiny.net', ...option)).status).toBe(0);
      expect(await contents(name)).toEqual(files);
    },
  );

  it.each([
    ['graph', ['nets/tiny.net'], 'out.txt'],
    ['export', ['nets/tiny.net', '--to', 'pytorch'], 'torch'],
    ['data', ['make', 'retina', '--count', '1', '--size', '32'], 'drawn'],
  ])('is said alike to netc %s', async (command, args, name) => {
    for (const option of ['-o', '--out', '--output']) {
      const place = `${name}${option}`;
      const { status, stderr } = await run(command, ...args, option, place);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(await contents('.')).toContain(place);
    }
  });

  it.each([
    'ablate',
    'compile',
    'data make',
    'data show',
    'export',
    'graph',
    'predict',
    'run',
    'train',
    'weights export',
    'weights import',
  ])('is shown by the help of netc %s', async (command) => {
    const { stdout } = await run(...command.split(' '), '--help');
    expect(stdout).toContain('-o, --out <');
  });
});
