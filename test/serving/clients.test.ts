import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc, root } from '../cli/netc.js';
import { pythonWith } from '../python/python.js';
import { type StandIn, startStandIn } from './stand-in.js';

const python = pythonWith(
  ['tensorflow', 'onnxruntime', 'numpy', 'PIL', 'requests'],
  'test:serving',
);

let folder: string;
let server: StandIn;

// Images of 64x64, in fields of view; standardised by the dataset, so that what is added at an edge changes no other pixel's
// values before the network.
const experiment = `model:
  path: ${join(root, 'models/unet.net')}
parameters: {base: 4, depth: 2}
data: {kind: synthetic-retina, train: 2, test: 1, size: 64}
preprocess: [{standardise: dataset}]
steps: 20
batch: 2
patch: 32
learningRate: 0.01
output: run
`;

async function done(...args: string[]): Promise<void> {
  expect(await netc(args, folder)).toMatchObject({ status: 0 });
}

/** Runs a program of `examples/serving` in the folder. */
function client(name: string, ...args: string[]) {
  const script = join(root, 'examples/serving', name);
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const options = { cwd: folder, encoding: 'utf8', env } as const;
  const { status, stdout, stderr } = spawnSync(python!, [script, ...args], options);
  return { status, stdout, stderr };
}

const silently = { status: 0, stdout: '', stderr: '' };

/** The bytes of a mask, one a pixel, with its size. */
async function pixels(path: string) {
  const image = sharp(join(folder, path)).toColourspace('b-w').raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, values: [...data] };
}

describe.skipIf(python === null)('exported networks that are served', () => {
  const [image, fov] = ['eyes/images/01.png', 'eyes/fov/01.png'];
  const [onnx, saved] = ['run-onnx/UNet.onnx', 'models/unet/7'];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netc-serving-'));
    await writeFile(join(folder, 'x.yaml'), experiment);
    await done('train', 'x.yaml');
    await done('data', 'make', 'retina', '--out', 'eyes', '--count', '1', '--size', '64');
    await done('export', 'run', '--to', 'onnx', '--with-preprocessing');
    await done('export', 'run', '--to', 'savedmodel', '--with-preprocessing', '--out', saved);
    const odd = { left: 0, top: 0, width: 61, height: 47 };
    for (const [from, to] of [
      [image, 'odd.png'],
      [fov, 'odd-fov.png'],
    ])
      await sharp(join(folder, from!)).extract(odd).toFile(join(folder, to!));
    server = await startStandIn(python!, { unet: join(folder, 'models/unet') });
  }, 300_000);
  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('find by either client what netc predict finds', async () => {
    const tile = ['--set', 'evaluation.window=64', '--fov', 'eyes/fov/{id}.png'];
    await done('predict', 'run', image, '--out', 'out', ...tile);
    const url = `${server.url}/unet`;
    expect(client('onnx_runtime.py', onnx, image, 'onnx.png', fov)).toEqual(silently);
    const words = [url, `${saved}/netc.json`, image, 'served.png', fov];
    expect(client('tensorflow_serving.py', ...words)).toEqual(silently);

    const expected = await pixels('out/01-mask.png');
    expect(new Set(expected.values)).toEqual(new Set([0, 255]));
    expect(await pixels('onnx.png')).toEqual(expected);
    expect(await pixels('served.png')).toEqual(expected);
  });

  it('take an image of any size: the client mirrors it to one that the network takes, and crops the mask', async () => {
    const url = `${server.url}/unet`;
    const words = [url, `${saved}/netc.json`, 'odd.png', 'odd-served.png', 'odd-fov.png'];
    expect(client('tensorflow_serving.py', ...words)).toEqual(silently);
    expect(client('onnx_runtime.py', onnx, 'odd.png', 'odd-onnx.png', 'odd-fov.png')).toEqual(
      silently,
    );
    const served = await pixels('odd-served.png');
    expect([served.width, served.height]).toEqual([61, 47]);
    expect(await pixels('odd-onnx.png')).toEqual(served);
  });

  it('are asked by clients that say what is missing', () => {
    expect(client('onnx_runtime.py', onnx, image)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('onnx_runtime.py MODEL.onnx IMAGE MASK.png'),
    });
    expect(client('onnx_runtime.py', onnx, image, 'x.png')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('inside fields of view: give that of the image'),
    });
    const words = [`${server.url}/other`, `${saved}/netc.json`, image, 'x.png', fov];
    expect(client('tensorflow_serving.py', ...words)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('404: {"error": "Servable not found for request'),
    });
  });

  it('are asked by clients that refuse what netc would segment otherwise', async () => {
    await done('export', 'run', '--to', 'onnx', '--out', 'plain');
    expect(client('onnx_runtime.py', 'plain/UNet.onnx', image, 'x.png', fov)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('takes prepared images'),
    });
    const eye = () => sharp(join(folder, image));
    await eye().toColourspace('rgb16').png().toFile(join(folder, 'colours16.png'));
    await eye().toColourspace('grey16').png().toFile(join(folder, 'grey16.png'));
    await eye().ensureAlpha(0.5).png().toFile(join(folder, 'alpha.png'));
    for (const name of ['colours16.png', 'grey16.png', 'alpha.png'])
      expect(client('onnx_runtime.py', onnx, name, 'x.png', fov)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(`${name}: save it as RGB with 8 bits`),
      });
  });

  const ask = async (path: string, body?: object) => {
    const request = body && { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${server.url}/${path}`, request);
    return { status: answer.status, said: JSON.parse(await answer.text()) };
  };

  it('are served from a folder with the number of the version', async () => {
    expect(await readdir(join(folder, 'models/unet'))).toEqual(['7']);
    expect(await readdir(join(folder, 'models/unet/7'))).toEqual(['netc.json', 'saved_model.pb']);
    const { said } = await ask('unet');
    expect(said.model_version_status).toMatchObject([{ version: '7', state: 'AVAILABLE' }]);
  });

  it('find the inputs and outputs of the model in serving_default, of any batch and size', async () => {
    const { said } = await ask('unet/metadata');
    const { inputs, outputs } = said.metadata.signature_def.signature_def.serving_default;
    const tensor = (...sizes: number[]) => ({
      dtype: 'DT_FLOAT',
      tensor_shape: { dim: sizes.map((size) => ({ size: `${size}` })), unknown_rank: false },
    });
    expect(inputs).toEqual({ image: tensor(-1, -1, -1, 3), fov: tensor(-1, -1, -1, 1) });
    expect(outputs).toEqual({ mask: tensor(-1, -1, -1, 1) });
  });

  it('get for an image in a batch what it gives alone, in rows and in columns', async () => {
    const of = (seed: number) => ({
      image: Array.from({ length: 8 }, (_, y) =>
        Array.from({ length: 8 }, (_, x) => [x * seed, y * 9, 40]),
      ),
      fov: Array.from({ length: 8 }, () => Array.from({ length: 8 }, () => [1])),
    });
    const instances = [of(5), of(30)];
    const rows = await ask('unet:predict', { instances });
    expect([rows.status, rows.said.predictions.length]).toEqual([200, 2]);
    for (const [i, { image, fov }] of instances.entries()) {
      const columns = await ask('unet/versions/7:predict', {
        inputs: { image: [image], fov: [fov] },
      });
      const alone = columns.said.outputs.flat(3) as number[];
      const together = rows.said.predictions[i].flat(2) as number[];
      expect(alone).toHaveLength(64);
      expect(Math.max(...alone.map((value, at) => Math.abs(value - together[at]!)))).toBeLessThan(
        1e-5,
      );
    }
    expect(rows.said.predictions[0]).not.toEqual(rows.said.predictions[1]);
  });
});
