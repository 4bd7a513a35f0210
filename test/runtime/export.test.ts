import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/compiler/gradient/program.js';
import { compileFile } from '../../src/runtime/compile-file.js';
import { type ExportTarget, exportNetwork } from '../../src/runtime/export.js';
import { writeCheckpoint } from '../../src/runtime/training/checkpoint.js';
import { initialState } from '../../src/runtime/training/initial-state.js';
import { decodeSafetensors } from '../../src/runtime/weights/safetensors.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-export-'));
});
afterAll(() => rm(folder, { recursive: true }));

const network = compileFile('models/unet.net', undefined, { base: '2', depth: '1' });
const exported = (target: ExportTarget) =>
  exportNetwork({ network, weights: { seed: 5 }, target, folder });

describe('an export', () => {
  it.each([
    ['onnx', ['UNet.onnx']],
    ['savedmodel', ['saved_model.pb']],
    ['tfjs', ['model.json', 'group1-shard1of1.bin']],
    ['pytorch', ['UNet.py', 'UNet.safetensors']],
  ] as const)('to %s writes %s', async (target, names) => {
    expect(await exported(target)).toEqual(names.map((name) => join(folder, name)));
  });

  it('has the weights of a checkpoint', async () => {
    const file = join(folder, 'weights.safetensors');
    const state = initialState(buildProgram(network.graph), 8);
    await writeCheckpoint(file, state, 1);
    await exportNetwork({ network, weights: { file }, target: 'pytorch', folder });
    const bytes = await readFile(join(folder, 'UNet.safetensors'));
    const { tensors } = decodeSafetensors(bytes, 'UNet.safetensors');
    expect(tensors.get('Conv.weight')).toEqual({
      shape: [1, 2, 1, 1],
      data: state['Conv/kernel'].data,
    });
  });

  it("refuses another network's weights", async () => {
    const file = join(folder, 'weights.safetensors');
    const wider = compileFile('models/unet.net', undefined, { base: '4', depth: '1' });
    const request = { network: wider, weights: { file }, target: 'onnx', folder } as const;
    await expect(exportNetwork(request)).rejects.toThrow('the network wants');
  });
});
