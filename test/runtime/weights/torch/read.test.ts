import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/runtime/errors/errors.js';
import { readTensors } from '../../../../src/runtime/weights/read-tensors.js';
import { root } from '../../../peers/fixture.js';

// bench/peers/pytorch/checkpoints.py wrote what is read here, by torch.save.
const at = (name: string): string => `${root}test/fixtures/checkpoints/${name}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-torch-'));
});
afterAll(() => rm(folder, { recursive: true }));

const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

describe.each(['types.pth', 'types-legacy.pth'])('%s', (name) => {
  it('holds what PyTorch has of every type, through strides and offsets, to the bit', async () => {
    const { tensors, notes } = await readTensors(at(name));
    const wanted = await readTensors(at('types.safetensors'));
    expect(sorted(tensors)).toEqual(sorted(wanted.tensors));
    expect(notes).toEqual([]);
  });

  it('cut off anywhere is an error that says so, whatever is left', async () => {
    const bytes = await readFile(at(name));
    const path = join(folder, name);
    const lengths = fc.integer({ min: 0, max: bytes.length - 1 });
    await fc.assert(
      fc.asyncProperty(lengths, async (length) => {
        await writeFile(path, bytes.subarray(0, length));
        await expect(readTensors(path)).rejects.toThrow(
          /is not a whole|is not read|is no file of weights/,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('with a byte changed is read, or refused as input: it never fails otherwise', async () => {
    const bytes = await readFile(at(name));
    const path = join(folder, name);
    const place = fc.integer({ min: 0, max: bytes.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 0, max: 255 }), async (index, value) => {
        const changed = Buffer.from(bytes);
        changed[index] = value;
        await writeFile(path, changed);
        const answer = await readTensors(path).catch((error: unknown) => error);
        if (answer instanceof Error) expect(answer).toBeInstanceOf(InputError);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a checkpoint of a training script', () => {
  it('is read through what lies around its tensors, which is said', async () => {
    const { tensors, notes } = await readTensors(at('r2attunet-legacy.pth'));
    expect(notes).toEqual(['the tensors are those under state_dict']);
    expect(sorted(tensors)).toEqual(sorted((await readTensors(at('r2attunet.pth'))).tensors));
    const plain = (await readTensors(at('r2attunet.safetensors'))).tensors;
    const wrapped = new Map([...plain].map(([key, tensor]) => [`module.${key}`, tensor]));
    expect(sorted(tensors)).toEqual(sorted(wrapped));
  });
});

describe('what is no dictionary of tensors', () => {
  it('a whole module is refused by the name of its class, with the line that converts it', async () => {
    const answer = await readTensors(at('module.pth')).catch(({ message }: Error) => message);
    expect(answer).toContain(
      'module.pth holds torch.nn.modules.container.Sequential, which is not read, and nothing of the file was run; if you trust whoever made it, take out its tensors by python -c "import torch; x = torch.load(',
    );
    expect(answer).toContain("else x.state_dict(), 'tensors.pth')\"");
  });

  it.each([
    ['notes.txt', 'weights are in the other folder'],
    ['short.txt', 'x'],
    ['empty.pth', ''],
    ['model.h5', '\x89HDF\r\n\x1a\n\0\0\0'],
  ])('%s is no file of weights', async (name, text) => {
    await writeFile(join(folder, name), text);
    await expect(readTensors(join(folder, name))).rejects.toThrow(InputError);
  });
});
