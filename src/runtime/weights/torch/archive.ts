import type { ByteSource } from './bytes-source.js';
import { globalOf, storageOf } from './names.js';
import { unpickle } from './pickle.js';
import { ByteCursor, type Pickled, PickleError, Refusal } from './pickled.js';
import type { StorageRef } from './tensors.js';
import { readEntry, zipEntries } from './zip.js';

/** What a checkpoint of PyTorch holds, its numbers still in the file. */
export interface TorchFile {
  readonly root: Pickled;
  /** The bytes of the storage of `key`, from its first number on. */
  readonly bytesOf: (storage: StorageRef) => Promise<Uint8Array>;
}

/** More than the pickle of any checkpoint: it holds names and sizes alone. */
const longestPickle = 2 ** 28;

/** A zip file as torch.save writes it from PyTorch 1.6 on: `data.pkl`, and beside it `data/0` and so on. */
export async function readArchive(source: ByteSource): Promise<TorchFile> {
  const entries = await zipEntries(source);
  const pickles = [...entries.keys()].filter((name) => /^(?:[^/]*\/)?data\.pkl$/.test(name));
  if (pickles.length !== 1) throw new PickleError('it is a zip file without the data.pkl of torch');
  const folder = pickles[0]!.slice(0, -'data.pkl'.length);
  if (entries.has(`${folder}constants.pkl`)) throw new Refusal('a TorchScript program');
  const bytesAt = async (name: string): Promise<Uint8Array> => {
    const entry = entries.get(name);
    if (!entry) throw new PickleError(`${name} is missing`);
    if (name === pickles[0] && entry.size > longestPickle) {
      throw new PickleError(`${name} has ${entry.size} bytes`);
    }
    return readEntry(source, entry);
  };
  if (entries.has(`${folder}byteorder`)) {
    const order = new TextDecoder().decode(await bytesAt(`${folder}byteorder`));
    if (order !== 'little') throw new Refusal(`numbers in the byte order ${order}`);
  }
  const cursor = new ByteCursor(await bytesAt(pickles[0]!));
  const root = unpickle(cursor, { global: globalOf, persistent: storageOf });
  return { root, bytesOf: ({ key }) => bytesAt(`${folder}data/${key}`) };
}
