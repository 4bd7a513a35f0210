import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Program } from '../../../src/compiler/ir/graph.js';
import { constant } from '../../../src/compiler/ir/initializer.js';
import { floatOf } from '../../../src/compiler/ops/values.js';
import { fixed } from '../../../src/compiler/sizes/size.js';
import type { Tensors } from '../../../src/runtime/engines/engine.js';
import { writeAtomically } from '../../../src/runtime/files/disk.js';
import { checkpointOf, readCheckpoint } from '../../../src/runtime/runs/checkpoint.js';
import { createRunFolder, requireFree } from '../../../src/runtime/runs/folder.js';
import { unlock } from '../../../src/runtime/runs/lock.js';
import { readPreprocessing } from '../../../src/runtime/runs/record.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'netc-run-'));
});
afterEach(() => rm(root, { recursive: true }));

describe("a run's folder", () => {
  it('takes the place of an earlier run only when asked', async () => {
    const path = join(root, 'run');
    await requireFree(path, false);
    await createRunFolder(path, { 'run.json': '{}', 'model/a.net': 'a', old: '' }, false);
    await unlock(path);
    await expect(requireFree(path, false)).rejects.toThrow(/add --overwrite/);
    await expect(createRunFolder(path, { 'run.json': '{}' }, false)).rejects.toThrow(/--overwrite/);
    expect(await readdir(path)).toContain('old');
    await createRunFolder(path, { 'run.json': '{}' }, true);
    await unlock(path);
    expect(await readdir(path)).toEqual(['run.json']);
    expect(await readdir(root)).toEqual(['run']);
  });

  it('through a link is made where the link leads, and the link stays', async () => {
    const [real, link] = [join(root, 'disk', 'run'), join(root, 'run')];
    await mkdir(join(root, 'disk'));
    await symlink(join('disk', 'run'), link);
    for (const overwrite of [false, true]) {
      await createRunFolder(link, { 'run.json': '{}' }, overwrite);
      await unlock(link);
      expect((await lstat(link)).isSymbolicLink()).toBe(true);
      expect(await readdir(real)).toEqual(['run.json']);
    }
  });

  it('never takes the place of what no run made', async () => {
    await writeFile(join(root, 'thesis.tex'), '');
    await expect(requireFree(root, true)).rejects.toThrow(/holds other files/);
  });

  it('is refused where a file stands in its way', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'run')]) {
      const refused = `${path} cannot be written (not a directory): name another place`;
      await expect(requireFree(path, false)).rejects.toThrow(refused);
    }
    const below = join(file, 'run');
    await expect(createRunFolder(below, { 'run.json': '{}' }, false)).rejects.toThrow(
      /name another place/,
    );
  });

  it.each(['{', '{}', 'null', ''])('whose run.json is %s is damaged', async (text) => {
    await writeFile(join(root, 'run.json'), text);
    await expect(readPreprocessing(root)).rejects.toThrow(/run\.json(:1)? is damaged/);
  });

  it('is missing when it could not be written', async () => {
    const path = join(root, 'run');
    await expect(createRunFolder(path, { a: '', 'a/b': '' }, false)).rejects.toThrow();
    expect(await readdir(root)).toEqual([]);
  });
});

const writeCheckpoint = (path: string, state: Tensors, step: number): Promise<void> =>
  writeAtomically(path, checkpointOf(state, step).bytes);

describe('a checkpoint', () => {
  const program = (...shape: number[]): Program => ({
    name: 'M',
    functions: {},
    variables: [
      {
        path: 'Conv/kernel',
        kind: 'weight',
        initial: constant(0),
        value: { id: 0, type: floatOf(shape.map(fixed)) },
      },
    ],
  });
  const state = { 'Conv/kernel': { shape: [2], data: Float32Array.of(1, 2) } };

  it('comes back as it was', async () => {
    const path = join(root, 'checkpoints', 'last.safetensors');
    await writeCheckpoint(path, state, 3);
    expect(await readCheckpoint(path, program(2))).toEqual(state);
  });

  it('of another network is refused once, by the first of what differs', async () => {
    const path = join(root, 'last.safetensors');
    const surplus = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [name, state['Conv/kernel']]),
    );
    await writeCheckpoint(path, { ...state, ...surplus }, 3);
    await expect(readCheckpoint(path, program(3))).rejects.toThrow(
      `${path} is of another network: it has Conv/kernel as [2], the network wants [3]; ` +
        'it has a, which the network does not have; it has b, which the network does not have; and 2 more',
    );
  });

  it("without the optimiser's variables is whole: they are at their start", async () => {
    const path = join(root, 'last.safetensors');
    await writeCheckpoint(path, state, 3);
    const [weight] = program(2).variables;
    const slot = { ...weight!, path: 'optimizer/Conv/kernel/m', kind: 'slot' as const };
    const trained = { ...program(2), variables: [weight!, slot] };
    expect(await readCheckpoint(path, trained)).toEqual({
      ...state,
      'optimizer/Conv/kernel/m': { shape: [2], data: Float32Array.of(0, 0) },
    });
  });

  it('of a run that averaged its weights comes back with the averages', async () => {
    const path = join(root, 'last.safetensors');
    const averaged = { shape: [2], data: Float32Array.of(3, 4) };
    const count = { shape: [], data: Float32Array.of(5) };
    const kept = { ...state, 'ema/Conv/kernel': averaged, 'optimizer/averaged': count };
    await writeCheckpoint(path, kept, 3);
    expect(await readCheckpoint(path, program(2))).toEqual({ 'Conv/kernel': averaged });
  });

  it('that is cut off is refused', async () => {
    const path = join(root, 'last.safetensors');
    await writeCheckpoint(path, state, 3);
    await writeFile(path, (await readFile(path)).subarray(0, -4));
    await expect(readCheckpoint(path, program(2))).rejects.toThrow(/not a whole safetensors file/);
  });
});
