import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { DeviceKind } from '../../../compiler/emit/tensorflow/function.js';
import { EngineError, InputError } from '../../errors/errors.js';
import { kernelsHash } from '../setup/kernels.js';
import { thisMachine, whyNone } from '../setup/platforms.js';
import { cpuDevicesVariable } from '../setup/session-options.js';
import { findInstallation, type Installation } from '../setup/setup.js';

export type TensorFlow = typeof import('@tensorflow/tfjs-node-gpu');

/** `auto` uses a GPU where `netc setup --gpu` was run and one is found; `require` fails without it. */
export type GpuChoice = 'auto' | 'require' | 'never';

export interface TensorFlowOptions {
  readonly gpu?: GpuChoice;
  /** Threads that share one operation; results repeat bit by bit for the same number only. */
  readonly threads?: number;
  /** How many devices a step is divided over; 1 unless given. */
  readonly devices?: number;
}

/** What a thread needs to load TensorFlow: plain data, so that it can be sent to a worker. */
export interface Plan {
  readonly installation: Installation;
  readonly gpu: GpuChoice;
  readonly threads: number;
  readonly devices: number;
}

/** As many as a scheduler gave this process, else as the machine has. */
function allowedThreads(given = process.env.NETC_THREADS): number {
  if (given === undefined || given === '') return availableParallelism();
  if (/^[1-9]\d*$/.test(given)) return Number(given);
  throw new InputError(`NETC_THREADS is ${given}: give a whole number of 1 or more`);
}

/**
 * Finds the installation and sets the variables that TensorFlow reads from the process's environment. It must run on the
 * main thread: a worker has a copy of the environment that native code does not see. TensorFlow reads the number of threads
 * once, so the first engine of a process decides it.
 * @throws EngineError where no installation serves the wish
 */
export async function plan(options: TensorFlowOptions = {}): Promise<Plan> {
  const { gpu = 'auto', threads = allowedThreads(), devices = 1 } = options;
  const installation =
    (gpu === 'never' ? null : await findInstallation('gpu')) ??
    (gpu === 'require' ? null : await findInstallation('cpu'));
  if (installation === null) {
    const none = whyNone(thisMachine(), gpu === 'require' ? 'gpu' : 'cpu');
    if (none !== null) throw new EngineError(none);
    const command = gpu === 'require' ? 'netc setup --gpu' : 'netc setup';
    throw new EngineError(`The TensorFlow engine is not set up: run \`${command}\` first.`);
  }
  Object.assign(process.env, {
    // On the CPU, training is 1.5 times as fast, and gradients of dilated convolutions exist only with it.
    TF_ENABLE_ONEDNN_OPTS: '1',
    TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2',
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    // Never fewer than another engine of the process waits for.
    [cpuDevicesVariable]: String(Math.max(devices, Number(process.env[cpuDevicesVariable] ?? 1))),
  });
  return { installation, gpu, threads, devices };
}

/** @throws EngineError when the addon does not load, or a GPU is required and TensorFlow finds none */
export function load({ installation, gpu }: Plan): TensorFlow {
  const require = createRequire(`${installation.package}/package.json`);
  restoreUtil(require);
  // The package asks node-pre-gyp where its addon lies, and would be told a place in node_modules.
  const finder = require('@mapbox/node-pre-gyp/lib/pre-binding.js') as { find: () => string };
  finder.find = () => installation.addon;
  let tf: TensorFlow;
  try {
    tf = require(installation.package) as TensorFlow;
  } catch (error) {
    throw new EngineError(`TensorFlow could not be loaded: ${(error as Error).message}`, {
      cause: error,
    });
  }
  tf.enableProdMode();
  if (gpu === 'require' && !backend(tf).isUsingGpuDevice)
    throw new EngineError('A GPU was required, and TensorFlow finds none that it can use.');
  return tf;
}

/** Node 23 removed two functions of `util` which the package calls. */
function restoreUtil(require: NodeJS.Require): void {
  const util = require('node:util') as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}

interface Backend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

const backend = (tf: TensorFlow): Backend => tf.backend() as unknown as Backend;

/** Everything that the bits of a result depend on beside the machine's type. */
export function describe(tf: TensorFlow, found: Plan): string {
  const { binding, isUsingGpuDevice } = backend(tf);
  const { threads, devices } = found;
  const divided = devices > 1 ? [`${devices} devices`] : [];
  const parts = isUsingGpuDevice
    ? [...divided, 'GPU']
    : [
        ...divided,
        'CPU',
        `${threads} ${threads === 1 ? 'thread' : 'threads'}`,
        // The wheel for macOS is built without it.
        ...(process.platform === 'darwin' ? [] : ['oneDNN']),
        ...(usesKernels(found) ? [`netc kernels ${kernelsHash()}`] : []),
      ];
  return [`TensorFlow ${binding.TF_Version}`, ...parts].join(', ');
}

/** Which devices a divided step is placed on. Where there are too few of them, TensorFlow refuses the program. */
export const deviceKind = ({ installation: { variant } }: Plan): DeviceKind =>
  variant === 'gpu' ? 'GPU' : 'CPU';

/** netc's own operations run on the CPU, and only where they could be compiled. */
export const usesKernels = ({ installation: { variant, kernels } }: Plan): boolean =>
  kernels && variant === 'cpu';
