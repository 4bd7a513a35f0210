import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metadataIn, sessionOf } from '../compiler/emit/onnx/runtime.js';
import { netc, root } from './netc.js';

let folder: string;
const [width, height] = [64, 48];
const experiment = (output: string, steps: string) => `model:
  path: unet.net
parameters: {base: 4, depth: 1, inputs: 1}
data: {kind: synthetic-lesion, train: 2, test: 1, size: 64}
preprocess: [${steps}]
evaluation: {postprocess: [fill-holes]}
steps: 2
batch: 2
patch: 32
output: ${output}
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-export-run-'));
  await cp(join(root, 'models'), folder, { recursive: true });
  const noise = { type: 'gaussian', mean: 120, sigma: 40 } as const;
  const create = { width, height, channels: 3, background: 'black', noise } as const;
  await sharp({ create }).png().toFile(join(folder, 'a.png'));
  const runs = {
    run: '{gray: luminance}, {gamma: 1.3}, {standardise: image}',
    equalised: '{gray: green}, {clahe: {}}',
  };
  for (const [name, steps] of Object.entries(runs)) {
    await writeFile(join(folder, `${name}.yaml`), experiment(name, steps));
    expect(await netc(['train', `${name}.yaml`], folder)).toMatchObject({ status: 0 });
  }
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

describe('netc export of a run', () => {
  it('gives in ONNX Runtime, on raw pixels, what netc predict writes', async () => {
    const args = ['export', 'run', '--to', 'onnx', '--with-preprocessing', '--json'];
    const answer = await netc(args, folder);
    expect(answer).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(answer.stdout)).toMatchObject({ preprocessing: true });
    const bytes = await sharp(join(folder, 'a.png')).raw().toBuffer();
    const image = { shape: [1, height, width, 3], data: Float32Array.from(bytes) };
    const session = await sessionOf(await readFile(join(folder, 'run-onnx', 'UNet.onnx')));
    const { mask } = await session.run({ image });

    // One tile holds the whole image.
    const tile = ['--set', 'evaluation.window=64'];
    await netc(['predict', 'run', 'a.png', '--out', 'out', ...tile], folder);
    const written = await sharp(join(folder, 'out', 'a-probability.png'))
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    const words = new Uint16Array(written.buffer, written.byteOffset, width * height);
    const apart = words.map((word, i) => Math.abs(word - 65535 * mask!.data[i]!));
    // Half a step of 16 bits, and float32.
    expect(Math.max(...apart)).toBeLessThanOrEqual(0.5 + 65535e-5);
    expect(new Set(words).size).toBeGreaterThan(1000);
  });

  it('says what the run knows', async () => {
    await netc(['export', 'run', '--to', 'onnx', '--layout', 'nchw', '--out', 'plain'], folder);
    const said = metadataIn(await readFile(join(folder, 'plain', 'UNet.onnx')));
    expect(JSON.parse(said.classes!)).toEqual(['background', 'lesion']);
    expect([said.threshold, said.postprocess]).toEqual(['0.5', '["fill-holes"]']);
    expect(JSON.parse(said.inputs!)).toMatchObject([{ layout: 'NCHW', shape: ['N', 1, 'H', 'W'] }]);
    expect(JSON.parse(said.preprocessing!)).toMatchObject({ included: false, channels: 1 });
  });

  it('names the step that cannot be exported, and the way on', async () => {
    const args = ['export', 'equalised', '--to', 'savedmodel', '--with-preprocessing'];
    const { status, stderr } = await netc(args, folder);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^error: the step clahe of preprocess cannot be exported: .* Export without --with-preprocessing/,
    );
  });
});
