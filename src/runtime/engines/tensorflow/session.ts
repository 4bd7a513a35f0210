import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-node-gpu';
import { assignmentPart } from '../../../compiler/emit/tensorflow/function.js';
import type { SavedModelFile } from '../../../compiler/emit/tensorflow/saved-model.js';
import { secondsOutput, timedName } from '../../../compiler/emit/tensorflow/stopwatch.js';
import { EngineError } from '../../errors/errors.js';
import type { HostTensor, Tensors, Timing } from '../engine.js';
import { clocked, requireInputs, type Session } from '../session.js';
import { describe, load, type Plan, type TensorFlow } from './load.js';

type LoadedSignature = Awaited<ReturnType<TensorFlow['node']['loadSavedModel']>>;

/**
 * All signatures are loaded at once: those of one folder and tag share one TensorFlow session, and with it the variables,
 * and the folder is needed no longer. What TensorFlow refuses is an EngineError in its own words.
 */
export async function openSession(program: SavedModelFile, plan: Plan): Promise<Session> {
  const tf = load(plan);
  const loaded = new Map<string, LoadedSignature>();
  const folder = await mkdtemp(join(tmpdir(), 'netc-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), program.savedModel);
    for (const key of Object.keys(program.signatures))
      loaded.set(key, await tf.node.loadSavedModel(folder, ['serve'], key));
  } catch (error) {
    throw engineError('load the program', error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  const run = (key: string, inputs: Tensors): Tensors => {
    const signature = program.signatures[key];
    const model = loaded.get(key);
    if (signature === undefined || model === undefined)
      throw new EngineError(`The program has no function '${key}'.`);
    requireInputs(key, Object.keys(signature.inputs), inputs);
    return runSignature(tf, key, model, inputs);
  };
  return {
    description: describe(tf, plan),
    run,
    time(fn, inputs) {
      const parts = program.timed[fn];
      if (parts === undefined) throw new EngineError(`The program was not loaded to time '${fn}'.`);
      const whole = clocked(() => run(fn, inputs));
      const apart = clocked(() => run(timedName(fn), inputs));
      const seconds = apart.result[secondsOutput]!.data;
      return { whole: whole.took, apart: apart.took, ...timingOf(parts, seconds) };
    },
    // A program without variables has no signatures for them.
    read: () => ('read_state' in program.signatures ? run('read_state', {}) : {}),
    write(variables) {
      if ('write_state' in program.signatures) run('write_state', variables);
    },
    tensorCount: () => tf.memory().numTensors,
    close() {
      for (const model of loaded.values()) model.dispose();
      loaded.clear();
    },
  };
}

/** A node without a part has nothing to compute: its results are other tensors under another shape. */
function timingOf(
  parts: readonly number[],
  seconds: HostTensor['data'],
): Pick<Timing, 'nodes' | 'assignments'> {
  const nodes = new Array<number>(Math.max(...parts) + 1).fill(0);
  let assignments = 0;
  parts.forEach((of, i) => {
    if (of === assignmentPart) assignments += 1000 * seconds[i]!;
    else nodes[of]! += 1000 * seconds[i]!;
  });
  return { nodes, assignments };
}

/** Every tensor made for the call is gone when it returns. */
function runSignature(
  tf: TensorFlow,
  key: string,
  model: LoadedSignature,
  inputs: Tensors,
): Tensors {
  const made: Tensor[] = [];
  try {
    const fed: Record<string, Tensor> = {};
    for (const [name, { shape, data }] of Object.entries(inputs)) {
      const dtype = data instanceof Int32Array ? 'int32' : 'float32';
      fed[name] = tf.tensor(misaligned(data), [...shape], dtype);
      made.push(fed[name]);
    }
    const fetched = model.predict(fed) as Record<string, Tensor>;
    made.push(...Object.values(fetched));
    return Object.fromEntries(
      Object.entries(fetched).map(([name, tensor]) => [name, hostTensor(name, tensor)]),
    );
  } catch (error) {
    throw engineError(`run '${key}'`, error);
  } finally {
    tf.dispose(made);
  }
}

/**
 * A copy that TensorFlow has to copy again. It uses an aligned array in place, so that a variable may come to hold the memory
 * of the JavaScript array; released by one of TensorFlow's own threads, that corrupts the heap.
 */
function misaligned<T extends Float32Array | Int32Array>(data: T): T {
  const offset = 4;
  const buffer = new ArrayBuffer(offset + data.byteLength);
  const copy = new (data.constructor as new (buffer: ArrayBuffer, offset: number) => T)(
    buffer,
    offset,
  );
  copy.set(data);
  return copy;
}

function hostTensor(name: string, tensor: Tensor): HostTensor {
  const data = tensor.dataSync();
  if (data instanceof Float32Array || data instanceof Int32Array)
    return { shape: tensor.shape, data };
  throw new EngineError(
    `The output '${name}' is ${tensor.dtype}; an engine gives floats and ints.`,
  );
}

function engineError(doing: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError(`TensorFlow could not ${doing}: ${(error as Error).message}`, {
    cause: error,
  });
}
