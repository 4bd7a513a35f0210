import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc } from './netc.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-cli-export-'));
  const text = `model Tiny(channels = 4) {
  input image: [N, H, W, 3]
  output mask = image -> Conv(channels) -> relu -> Conv(1) -> sigmoid
}
`;
  await writeFile(join(folder, 'tiny.net'), text);
});
afterAll(() => rm(folder, { recursive: true }));

describe('netc export', () => {
  it('writes a module of PyTorch and its state, and says where', async () => {
    const args = ['export', 'tiny.net', '--to', 'pytorch', '--set', 'channels=2', '--json'];
    const { status, stdout } = await netc(args, folder);
    expect(status).toBe(0);
    const files = ['Tiny.py', 'Tiny.safetensors', 'netc.json'].map((name) =>
      join('Tiny-pytorch', name),
    );
    expect(JSON.parse(stdout)).toEqual({
      model: 'Tiny',
      to: 'pytorch',
      weights: { seed: 0 },
      preprocessing: false,
      files,
    });
    expect(await readdir(join(folder, 'Tiny-pytorch'))).toEqual([
      'Tiny.py',
      'Tiny.safetensors',
      'netc.json',
    ]);
    const source = await readFile(join(folder, files[0]!), 'utf8');
    expect(source).toContain('self.Conv = nn.Conv2d(3, 2, 3, padding=1)');
  });

  it('draws initial weights from the seed', async () => {
    const written = async (seed: string) => {
      await netc(['export', 'tiny.net', '--to', 'onnx', '--seed', seed, '--out', seed], folder);
      return readFile(join(folder, seed, 'Tiny.onnx'));
    };
    const first = await written('1');
    expect(await written('2')).not.toEqual(first);
    await rm(join(folder, '1'), { recursive: true });
    expect(await written('1')).toEqual(first);
  });

  it('replaces files that are there only where it is asked to', async () => {
    const again = (...more: string[]) =>
      netc(['export', 'tiny.net', '--to', 'onnx', '--out', 'twice', ...more], folder);
    expect((await again()).status).toBe(0);
    const refused = await again('--seed', '2');
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining('Tiny.onnx exists and would be replaced: add --overwrite'),
    ]);
    expect((await again('--seed', '2', '--overwrite')).status).toBe(0);
  });

  it('names the forms, where another is asked for', async () => {
    const { status, stderr } = await netc(['export', 'tiny.net', '--to', 'caffe'], folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(/onnx, savedmodel, tfjs, pytorch/);
  });

  it('says which form cannot hold what', async () => {
    const text = `model Shrinks {
  input image: [N, H, W, 3]
  output mask = image -> Conv(1, stride: 2, dilation: 2) -> sigmoid
}
`;
    await writeFile(join(folder, 'shrinks.net'), text);
    const { status, stderr } = await netc(['export', 'shrinks.net', '--to', 'tfjs'], folder);
    expect(status).toBe(1);
    expect(stderr).toBe(
      'error: no export to tfjs: tfjs has no convolution with both a stride and a dilation\n',
    );
  });
});
