import { EngineError } from '../../errors/errors.js';
import '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  backend,
  env,
  getBackend,
  getKernel,
  type NamedTensorInfoMap,
  setBackend,
  type TensorInfo,
  version_core,
} from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../compiler/ops/values.js';
import type { Extents } from '../../../compiler/sizes/size.js';
import type { HostTensor } from '../engine.js';

/** A tensor in the memory of WebAssembly. It has owners, and is freed when the last one lets go. */
export type WasmTensor = TensorInfo;
export type Numbers = Float32Array | Int32Array;

/**
 * The wasm kernels of tfjs, called by name without its engine: nothing is recorded, and who owns a tensor is counted here. The
 * caller of a function that makes a tensor is its owner.
 */
export interface Kernels {
  /** What the bits of a result depend on beside the type of CPU. */
  readonly description: string;
  /** The one result of a kernel, by the names and attributes that tfjs gives it. */
  run(
    kernel: string,
    operands: Operands,
    attributes?: Readonly<Record<string, unknown>>,
  ): WasmTensor;
  /** A tensor whose elements are not set. */
  make(shape: Extents, dtype?: 'float32' | 'int32'): WasmTensor;
  /** The elements in place. The view ends when the next tensor is made, as memory may move to grow. */
  view(tensor: WasmTensor): Numbers;
  /** One owner more. */
  keep(tensor: WasmTensor): WasmTensor;
  /** One owner less. */
  release(tensor: WasmTensor): void;
  /** What `compute` makes and does not answer with is released after it; operands it answers with get an owner more. */
  within(compute: () => readonly WasmTensor[]): readonly WasmTensor[];
  /** Tensors alive on this thread. */
  count(): number;
}

type Operands = Readonly<Record<string, WasmTensor>> | readonly WasmTensor[];

/** Loads the kernels once a thread, from the files of the npm package. */
export async function loadKernels(): Promise<Kernels> {
  const { wasm, description } = await load();
  let made: Set<WasmTensor> | null = null;
  const owned = (tensor: WasmTensor): WasmTensor => {
    // What could not be allocated lies at 0.
    if (wasm.getMemoryOffset(tensor.dataId) === 0 && sizeOf(tensor.shape) > 0) throw outOfMemory();
    made?.add(tensor);
    return tensor;
  };
  const release = ({ dataId }: WasmTensor): void => {
    wasm.disposeData(dataId);
  };
  const keep = (tensor: WasmTensor): WasmTensor => {
    wasm.incRef(tensor.dataId);
    return tensor;
  };
  return {
    description,
    run(kernel, operands, attributes = {}) {
      const config = getKernel(kernel, 'wasm');
      if (config === undefined) throw new EngineError(`The wasm kernels have no ${kernel}.`);
      const inputs = operands as unknown as NamedTensorInfoMap;
      const attrs = attributes as Parameters<typeof config.kernelFunc>[0]['attrs'];
      try {
        return owned(config.kernelFunc({ inputs, attrs, backend: wasm }) as WasmTensor);
      } catch (error) {
        // A kernel traps where it could not allocate what it works with.
        throw error instanceof Error && error.name === 'RuntimeError' ? outOfMemory(error) : error;
      }
    },
    make: (shape, dtype = 'float32') => owned(wasm.makeOutput([...shape], dtype)),
    view: (tensor) => wasm.typedArrayFromHeap(tensor) as Numbers,
    keep,
    release,
    within(compute) {
      const [outer, inner] = [made, new Set<WasmTensor>()];
      made = inner;
      try {
        const results = compute();
        for (const result of results) if (!inner.delete(result)) keep(result);
        return results;
      } finally {
        made = outer;
        inner.forEach(release);
      }
    },
    count: () => wasm.numDataIds(),
  };
}

const outOfMemory = (cause?: Error): EngineError =>
  new EngineError(
    'The portable engine is out of memory, of which WebAssembly has 4 GB at most: make the batch or the images smaller.',
    { cause },
  );

async function load(): Promise<{ readonly wasm: BackendWasm; readonly description: string }> {
  // Another engine of this thread may be in charge of tfjs: it stays so.
  const before = getBackend() as string | undefined;
  await setBackend('wasm');
  const wasm = backend() as BackendWasm;
  if (before) await setBackend(before);
  const simd = (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'with SIMD' : 'without SIMD';
  return { wasm, description: `tfjs ${version_core}, WebAssembly ${simd}, 1 thread` };
}

/** A copy in the memory of WebAssembly. */
export function upload(k: Kernels, { shape, data }: HostTensor): WasmTensor {
  const tensor = k.make(shape, data instanceof Int32Array ? 'int32' : 'float32');
  k.view(tensor).set(data);
  return tensor;
}

export const download = (k: Kernels, tensor: WasmTensor): HostTensor => ({
  shape: tensor.shape,
  data: k.view(tensor).slice(),
});
