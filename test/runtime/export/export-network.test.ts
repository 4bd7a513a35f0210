import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/compiler/compile.js';
import { initialState } from '../../../src/runtime/engines/initial-state.js';
import { type ExportTarget, exportNetwork } from '../../../src/runtime/export/export-network.js';
import type { RunFacts } from '../../../src/runtime/export/metadata.js';
import { writeAtomically } from '../../../src/runtime/files/disk.js';
import { compileFile } from '../../../src/runtime/networks/compile-file.js';
import { checkpointOf } from '../../../src/runtime/runs/checkpoint.js';
import { decodeSafetensors } from '../../../src/runtime/weights/safetensors/decode.js';
import { metadataIn, sessionOf } from '../../compiler/emit/onnx/runtime.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-export-'));
});
afterAll(() => rm(folder, { recursive: true }));

const version = '1.2.3';
const network = compileFile('models/unet.net', undefined, { base: '2', depth: '1' });
const exported = (target: ExportTarget) =>
  exportNetwork({ network, weights: { seed: 5 }, target, folder, overwrite: true, version });

describe('an export', () => {
  it.each([
    ['onnx', ['UNet.onnx']],
    ['savedmodel', ['saved_model.pb', 'netc.json']],
    ['tfjs', ['model.json', 'group1-shard1of1.bin', 'netc.json']],
    ['pytorch', ['UNet.py', 'UNet.safetensors', 'netc.json']],
  ] as const)('to %s writes %s', async (target, names) => {
    expect(await exported(target)).toEqual(names.map((name) => join(folder, name)));
  });

  it('has the weights of a checkpoint', async () => {
    const file = join(folder, 'weights.safetensors');
    const state = initialState(buildProgram(network.graph), 8);
    await writeAtomically(file, checkpointOf(state, 1).bytes);
    await exportNetwork({
      network,
      weights: { file },
      target: 'pytorch',
      folder,
      overwrite: true,
      version,
    });
    const bytes = await readFile(join(folder, 'UNet.safetensors'));
    const { tensors } = decodeSafetensors(bytes, 'UNet.safetensors');
    expect(tensors.get('Conv.weight')).toEqual({
      shape: [1, 2, 1, 1],
      data: state['Conv/kernel']!.data,
    });
  });

  it("refuses another network's weights", async () => {
    const file = join(folder, 'weights.safetensors');
    const wider = compileFile('models/unet.net', undefined, { base: '4', depth: '1' });
    const request = {
      network: wider,
      weights: { file },
      target: 'onnx',
      folder,
      overwrite: true,
      version,
    } as const;
    await expect(exportNetwork(request)).rejects.toThrow('the network wants');
  });
});

const run: RunFacts = {
  scored: 'mask',
  preprocessing: { steps: [{ standardise: 'none' }], channels: 3, statistics: null },
  images: { classes: ['vessel'], channels: 3, fov: false },
  threshold: 0.4,
  postprocess: ['keep-largest'],
};
const request = { network, weights: { seed: 5 }, version, run } as const;

describe('what an export says of itself', () => {
  const said = {
    netc: '1.2.3',
    model: 'UNet',
    inputs: [{ name: 'image', dtype: 'float32', layout: 'NHWC', shape: ['N', 'H', 'W', 3] }],
    outputs: [
      {
        name: 'mask',
        dtype: 'float32',
        layout: 'NHWC',
        shape: ['N', 'H', 'W', 1],
        channels: ['vessel'],
      },
    ],
    sizes: {
      N: { multipleOf: 1, plus: 0, least: 1 },
      H: { multipleOf: 2, plus: 0, least: 2 },
      W: { multipleOf: 2, plus: 0, least: 2 },
    },
    classes: ['background', 'vessel'],
    threshold: 0.4,
    preprocessing: { ...run.preprocessing, included: false },
    postprocess: ['keep-largest'],
  };
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'));

  it('stands in netc.json beside it', async () => {
    await exportNetwork({ ...request, target: 'savedmodel', folder, overwrite: true });
    expect(await read('netc.json')).toEqual(said);
  });

  it('is the PyTorch module as that takes images', async () => {
    await exportNetwork({ ...request, target: 'pytorch', folder, overwrite: true });
    const { inputs, outputs } = await read('netc.json');
    expect(inputs).toEqual([{ ...said.inputs[0], layout: 'NCHW', shape: ['N', 3, 'H', 'W'] }]);
    expect(outputs[0]).toMatchObject({ layout: 'NCHW', shape: ['N', 1, 'H', 'W'] });
  });

  it('stands in the metadata of an ONNX file, as ONNX Runtime takes it', async () => {
    const [path] = await exportNetwork({
      ...request,
      target: 'onnx',
      folder,
      overwrite: true,
      layout: 'nchw',
    });
    const bytes = await readFile(path!);
    const texts = metadataIn(bytes);
    expect(Object.keys(texts)).toEqual(Object.keys(said));
    expect([texts.netc, texts.model]).toEqual(['1.2.3', 'UNet']);
    expect(JSON.parse(texts.classes!)).toEqual(said.classes);
    expect(JSON.parse(texts.inputs!)[0].shape).toEqual(['N', 3, 'H', 'W']);
    const image = { shape: [1, 3, 4, 6], data: new Float32Array(72) };
    const { mask } = await (await sessionOf(bytes)).run({ image });
    expect(mask!.shape).toEqual([1, 1, 4, 6]);
  });

  it('has no classes and no preprocessing where no run is exported', async () => {
    await exported('tfjs');
    const { classes, preprocessing, threshold, outputs } = await read('netc.json');
    expect([classes, preprocessing, threshold]).toEqual([null, null, null]);
    expect(outputs[0]).not.toHaveProperty('channels');
  });

  it('names each channel where there are several classes', async () => {
    const wide = compileFile('models/unet.net', undefined, { base: '2', depth: '1', classes: '3' });
    const images = { ...run.images!, classes: ['left', 'right'] };
    const several = { ...request, network: wide, run: { ...run, images, threshold: null } };
    await exportNetwork({ ...several, target: 'savedmodel', folder, overwrite: true });
    const { outputs } = await read('netc.json');
    expect(outputs[0].channels).toEqual(['background', 'left', 'right']);
  });
});

describe('an export with its preprocessing', () => {
  const withIt = { ...request, preprocessing: true };

  it('says so, and what it then takes', async () => {
    const small: RunFacts = {
      ...run,
      preprocessing: { ...run.preprocessing, steps: [{ resize: { height: 8, width: 16 } }] },
      images: { ...run.images!, fov: true },
    };
    await exportNetwork({ ...withIt, run: small, target: 'savedmodel', folder, overwrite: true });
    const said = JSON.parse(await readFile(join(folder, 'netc.json'), 'utf8'));
    expect(said.preprocessing.included).toBe(true);
    expect(said.inputs).toMatchObject([
      { name: 'image', shape: ['N', 'H', 'W', 3] },
      { name: 'fov', shape: ['N', 'H', 'W', 1] },
    ]);
    expect(said.outputs).toMatchObject([{ name: 'mask', shape: ['N', 8, 16, 1] }]);
    expect(said.sizes.H).toEqual({ multipleOf: 1, plus: 0, least: 1 });
  });

  it.each([
    ['pytorch holds the network alone', { ...withIt, target: 'pytorch' }],
    [
      'only a run knows',
      { network, weights: { seed: 5 }, version, preprocessing: true, target: 'onnx' },
    ],
    ['as those of an earlier netc', { ...withIt, run: { ...run, images: null }, target: 'onnx' }],
    ['savedmodel takes images as NHWC', { ...request, target: 'savedmodel', layout: 'nchw' }],
    ['or export to onnx or pytorch', { ...request, target: 'tfjs', layout: 'nchw' }],
    ['pytorch takes images as NCHW', { ...request, target: 'pytorch', layout: 'nhwc' }],
  ] as const)('or a layout is refused where it is not to be had: %s', async (message, asked) => {
    const refused = join(folder, 'refused');
    await expect(exportNetwork({ ...asked, folder: refused })).rejects.toThrow(message);
    expect(existsSync(refused)).toBe(false);
  });
});
