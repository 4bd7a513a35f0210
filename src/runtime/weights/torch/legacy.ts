import type { TorchFile } from './archive.js';
import type { ByteSource } from './bytes-source.js';
import { globalOf, storageOf } from './names.js';
import { unpickle } from './pickle.js';
import { ByteCursor, type Pickled, PickleError, Refusal } from './pickled.js';
import type { StorageRef } from './tensors.js';

/** The number that begins such a file, as a pickle. */
const magic = 0x1950a86a20f9469cfc6cn;
const protocol = 1001;
/** A file is held in memory whole. */
const largest = 2 ** 31 - 1;

/**
 * A file as torch.save wrote it before PyTorch 1.6: pickles of a magic number, a version, the machine, the object and the
 * keys of its storages; then each storage, its count as 64 bits and its numbers.
 */
export async function readLegacy(source: ByteSource): Promise<TorchFile> {
  if (source.size > largest) throw new Refusal('more than 2 GiB in the format before PyTorch 1.6');
  const cursor = new ByteCursor(await source.read(0, source.size));
  const types = new Map<string, number>();
  const nothing = () => {
    throw new PickleError('its beginning is damaged');
  };
  const plain = (): Pickled => unpickle(cursor, { global: nothing, persistent: nothing });
  if (plain() !== magic) throw new PickleError('it is a pickle, and none of torch.save');
  const version = plain();
  if (version !== protocol) {
    const which = typeof version === 'number' ? `the version ${version}` : 'no version';
    throw new Refusal(`${which} of its format`);
  }
  const machine = plain();
  if (!(machine instanceof Map) || machine.get('little_endian') !== true) {
    throw new Refusal('numbers with their first byte last');
  }
  const root = unpickle(cursor, {
    global: globalOf,
    persistent(id) {
      const storage = storageOf(id);
      const { bytes } = storage.type;
      const known = types.get(storage.key) ?? bytes;
      if (known !== bytes) throw new PickleError(`storage ${storage.key} has two types`);
      types.set(storage.key, bytes);
      return storage;
    },
  });
  const keys = plain();
  if (!Array.isArray(keys)) throw new PickleError('it does not list its storages');
  const storages = new Map<string, Uint8Array>();
  for (const key of keys) {
    if (typeof key !== 'string') throw new PickleError('it lists a storage without a name');
    const bytes = types.get(key);
    if (bytes === undefined) throw new PickleError(`nothing is of storage ${key}`);
    storages.set(key, cursor.take(cursor.uint(8) * bytes));
  }
  return {
    root,
    async bytesOf({ key }: StorageRef) {
      const found = storages.get(key);
      if (found) return found;
      throw new PickleError(`storage ${key} is missing`);
    },
  };
}
