import { type ElementType, elementTypes } from '../element-types.js';
import { Callable } from './pickle.js';
import { Inert, type Pickled, PickleError, Refusal } from './pickled.js';
import { StorageRef, TensorRef } from './tensors.js';

/** The class of a storage, as a pickle names it. */
class StorageClass extends Inert {
  constructor(readonly type: ElementType) {
    super(`torch.${type.name}Storage`);
  }
}

const isCount = (value: Pickled): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function countsOf(value: Pickled, what: string): readonly number[] {
  if (Array.isArray(value) && value.length <= 64 && value.every(isCount)) return value;
  throw new PickleError(`a tensor has no ${what} of whole numbers`);
}

/** `torch._utils._rebuild_tensor_v2(storage, offset, size, stride, ...)`. */
function rebuilt([storage, offset, size, stride]: readonly Pickled[]): TensorRef {
  if (!(storage instanceof StorageRef) || !isCount(offset!)) {
    throw new PickleError('a tensor has no storage');
  }
  const [shape, strides] = [countsOf(size!, 'size'), countsOf(stride!, 'strides')];
  if (shape.length !== strides.length) throw new PickleError('a tensor has a stride too many');
  return new TensorRef(storage, offset, shape, strides);
}

/** What wraps a tensor, such as a parameter: the tensor itself. */
function wrapped([tensor]: readonly Pickled[]): TensorRef {
  if (tensor instanceof TensorRef) return tensor;
  throw new PickleError('a parameter is no tensor');
}

/** `torch._tensor._rebuild_from_type_v2(function, type, arguments, state)`: a tensor with attributes, which go. */
function rebuiltFromType([make, , args]: readonly Pickled[]): Pickled {
  if (!(make instanceof Callable) || !Array.isArray(args)) {
    throw new PickleError('a tensor has no arguments');
  }
  // It makes tensors by other functions: one that calls itself would never end.
  if (make.call === rebuiltFromType) throw new PickleError('a tensor is made of no tensor');
  return make.call(args);
}

/** `OrderedDict()`, or with a list of pairs. */
function dictionary([pairs]: readonly Pickled[]): Map<Pickled, Pickled> {
  if (pairs === undefined) return new Map();
  if (!Array.isArray(pairs)) throw new PickleError('a dictionary is made of no pairs');
  return new Map(
    pairs.map((pair): [Pickled, Pickled] => {
      if (Array.isArray(pair) && pair.length === 2) return [pair[0]!, pair[1]!];
      throw new PickleError('a dictionary is made of no pairs');
    }),
  );
}

const tuple = ([items]: readonly Pickled[]): Pickled[] => (Array.isArray(items) ? [...items] : []);

const functions: Readonly<Record<string, (args: readonly Pickled[]) => Pickled>> = {
  'torch._utils._rebuild_tensor_v2': rebuilt,
  'torch._utils._rebuild_tensor': rebuilt,
  'torch._utils._rebuild_parameter': wrapped,
  'torch._utils._rebuild_parameter_with_state': wrapped,
  'torch._tensor._rebuild_from_type_v2': rebuiltFromType,
  'torch.nn.parameter.Parameter': wrapped,
  'collections.OrderedDict': dictionary,
  'collections.defaultdict': () => new Map(),
  'argparse.Namespace': () => new Map(),
  'torch.Size': tuple,
  'builtins.set': tuple,
  '__builtin__.set': tuple,
  'torch.device': () => new Inert('device'),
  // A number of numpy, such as a score beside the weights: what it is does not matter.
  'numpy.dtype': () => new Map(),
  'numpy.core.multiarray.scalar': () => new Inert('number'),
  'numpy._core.multiarray.scalar': () => new Inert('number'),
  '_codecs.encode': () => new Inert('bytes'),
};

const callables = new Map(
  Object.entries(functions).map(([name, call]) => [name, new Callable(name, call)]),
);

/** Element types, and classes that only stand beside a tensor. */
const plain = /^torch\.(float|double|half|bfloat|int|long|uint|bool|Tensor$)\w*$/;

/** What a pickle of torch may name: storages, what makes tensors of them, and containers. */
export function globalOf(name: string): Pickled {
  const callable = callables.get(name);
  if (callable) return callable;
  const storage = /^torch\.(?:cuda\.)?(\w+Storage)$/.exec(name)?.[1];
  if (storage !== undefined && Object.hasOwn(elementTypes, storage)) {
    return new StorageClass(elementTypes[storage]!);
  }
  if (plain.test(name)) return new Inert(name);
  throw new Refusal(name);
}

/**
 * The storage that `('storage', class, key, device, count)` stands for, of which older files make a view by
 * `(key, begin, count)`.
 */
export function storageOf(id: Pickled): StorageRef {
  if (!Array.isArray(id)) throw new PickleError('a storage has no name');
  const [kind, type, key, , count, view] = id;
  if (kind === 'module') throw new Refusal('a whole module');
  if (kind !== 'storage' || typeof key !== 'string' || !isCount(count!)) {
    throw new PickleError('a storage has no name');
  }
  if (!(type instanceof StorageClass)) throw new Refusal('a storage of no known type');
  if (!Array.isArray(view)) return new StorageRef(key, type.type, count);
  const [, begin, length] = view;
  if (!isCount(begin!) || !isCount(length!) || begin + length > count) {
    throw new PickleError(`a view of storage ${key} is outside it`);
  }
  return new StorageRef(key, type.type, length, begin);
}
