import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../../errors/errors.js';
import type { StoredTensor, TensorFile } from '../safetensors/format.js';
import { readArchive, type TorchFile } from './archive.js';
import { sourceOf } from './bytes-source.js';
import type { TorchFormat } from './format.js';
import { readLegacy } from './legacy.js';
import { PickleError, Refusal } from './pickled.js';
import { NoTensors, stateDictOf } from './state-dict.js';
import { tensorOf } from './tensors.js';

/** A file of tensors, and what was seen through to find them. */
export interface ReadTensors extends TensorFile {
  readonly notes: readonly string[];
}

/**
 * The tensors of a checkpoint that torch.save wrote. Nothing in it is run: whatever is no tensor, no number and no
 * container of them is refused. Throws `InputError` with what it was and the line that converts the file.
 * @param path what messages call it
 */
export async function readTorch(
  file: FileHandle,
  format: TorchFormat,
  path: string,
): Promise<ReadTensors> {
  try {
    const source = await sourceOf(file);
    const torch = format === 'zip' ? await readArchive(source) : await readLegacy(source);
    const { tensors, notes } = stateDictOf(torch.root);
    return { tensors: await numbersOf(torch, tensors, source.size), metadata: {}, notes };
  } catch (error) {
    if (error instanceof Refusal) throw new InputError(refused(path, error.what));
    if (error instanceof NoTensors) {
      throw new InputError(`${path} holds ${error.message}: save the network's state_dict() alone`);
    }
    if (!(error instanceof PickleError)) throw error;
    throw new InputError(
      `${path} is not a whole PyTorch checkpoint: ${error.message}; copy or download it again`,
    );
  }
}

/** Tensors that share numbers or repeat them come to more than the file; this many times its size is too many. */
const mostGrowth = 16;

async function numbersOf(
  { bytesOf }: TorchFile,
  tensors: ReturnType<typeof stateDictOf>['tensors'],
  size: number,
): Promise<Map<string, StoredTensor>> {
  const read = new Map<string, StoredTensor>();
  let room = mostGrowth * size + 2 ** 20;
  let last: { readonly key: string; readonly bytes: Uint8Array } | undefined;
  for (const [name, tensor] of tensors) {
    const { key, type, begin, count } = tensor.storage;
    room -= 8 * tensor.elements;
    if (!(room >= 0)) throw new PickleError(`${name} is larger than the file can hold`);
    if (last?.key !== key) last = { key, bytes: await bytesOf(tensor.storage) };
    if (last.bytes.length < (begin + count) * type.bytes) {
      const { length } = last.bytes;
      throw new PickleError(`storage ${key} has ${length} bytes for ${begin + count} numbers`);
    }
    read.set(name, tensorOf(tensor, last.bytes));
  }
  return read;
}

/** Why a file is not read, and the line that makes one of it that is. */
function refused(path: string, what: string): string {
  const start = `${path} holds ${what}, which is not read, and nothing of the file was run`;
  // A name that a shell or Python would take for more than a name is not put into a line to be pasted.
  const file = /^[\w./ -]+$/.test(path) ? path : 'FILE.pth';
  const load = (options = ''): string => `torch.load('${file}', map_location='cpu'${options})`;
  if (what === 'a TorchScript program') {
    const state = `torch.jit.load('${file}', map_location='cpu').state_dict()`;
    return `${start}; if you trust it, take out its tensors by ${lineOf(`torch.save(${state}, 'tensors.pth')`)}`;
  }
  // Where a class is named, loading the file runs what it says: that is for its owner to decide.
  if (/^\w+(\.\w+)+$/.test(what) || what === 'a whole module') {
    const state = "x['state_dict'] if isinstance(x, dict) else x.state_dict()";
    const line = `x = ${load(', weights_only=False')}; torch.save(${state}, 'tensors.pth')`;
    return `${start}; if you trust whoever made it, take out its tensors by ${lineOf(line)}`;
  }
  return `${start}; write it anew by ${lineOf(`torch.save(${load()}, 'tensors.pth')`)}`;
}

const lineOf = (script: string): string => `python -c "import torch; ${script}"`;
