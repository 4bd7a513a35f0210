import { readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readTensors } from '../../../src/runtime/weights/read-tensors.js';
import { sourceOf } from '../../../src/runtime/weights/torch/bytes-source.js';
import { readEntry, zipEntries } from '../../../src/runtime/weights/torch/zip.js';
import { zipOf } from '../../runtime/weights/torch/zip-of.js';
import { mutateBytes } from '../mutate-bytes.js';
import type { Kind } from './kind.js';

const folderOfFixtures = 'test/fixtures/checkpoints';
const names = ['types.pth', 'types-legacy.pth', 'module.pth', 'r2attunet.pth'];

/** Checkpoints of PyTorch, damaged anywhere; half of those that are archives in their pickle alone, the archive being whole. */
export async function openTorch(folder: string): Promise<Kind> {
  const files = names.map((name) => ({ name, bytes: readFileSync(join(folderOfFixtures, name)) }));
  const archives = await Promise.all(
    files
      .filter(({ name }) => /^(types|r2attunet)\.pth$/.test(name))
      .map(async ({ name }) => ({ name, parts: await partsOf(join(folderOfFixtures, name)) })),
  );
  const path = join(folder, 'mutant.pth');
  return {
    share: 25,
    draw(dice) {
      const other = dice.pick(files).bytes;
      if (dice.chance(0.5)) {
        const { name, parts } = dice.pick(archives);
        const pickle = Object.keys(parts).find((part) => part.endsWith('data.pkl'))!;
        const changed = { ...parts, [pickle]: mutateBytes(parts[pickle]!, other, dice) };
        return { name: 'case.pth', what: `the pickle of ${name}`, bytes: zipOf(changed) };
      }
      const { name, bytes } = dice.pick(files);
      return { name: 'case.pth', what: `of ${name}`, bytes: mutateBytes(bytes, other, dice) };
    },
    async attempt({ bytes }) {
      writeFileSync(path, bytes);
      const { tensors } = await readTensors(path);
      for (const [name, { shape, data }] of tensors) {
        const count = shape.reduce((a, b) => a * b, 1);
        if (count !== data.length)
          throw new Error(`${name} has ${data.length} numbers for [${shape}]`);
      }
      return 'read';
    },
  };
}

/** The files of an archive by name. */
async function partsOf(path: string): Promise<Record<string, Uint8Array>> {
  const file = await open(path);
  try {
    const source = await sourceOf(file);
    const parts: Record<string, Uint8Array> = {};
    for (const [name, entry] of await zipEntries(source))
      parts[name] = await readEntry(source, entry);
    return parts;
  } finally {
    await file.close();
  }
}
