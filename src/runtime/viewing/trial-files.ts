import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { kindOfFile } from '../files/kinds.js';
import type { Asset } from './serve.js';

/** The kernels of tfjs, with and without SIMD. */
const kernels = ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'];

/** Those of the paths that are runs' folders: what a page can try. */
export const runsIn = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => kindOfFile(path) === 'run');

/**
 * What a page asks for when a run is tried, by name: `trial.js`, the kernels, and `run-0` and so on, each made when it is asked
 * for, so that a training that goes on is tried with the weights that it has by then.
 *
 * @param script that of the worker
 */
export function trialFiles(runs: readonly string[], script: URL): ReadonlyMap<string, Asset> {
  const dist = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const files: readonly (readonly [string, Asset])[] = [
    ['trial.js', { type: 'text/javascript; charset=utf-8', read: () => readFile(script) }],
    ...kernels.map(
      (name) =>
        [name, { type: 'application/wasm', read: () => readFile(join(dist, name)) }] as const,
    ),
    ...runs.map(
      (run, i) =>
        [`run-${i}`, { type: 'application/octet-stream', read: () => made(run) }] as const,
    ),
  ];
  return new Map(files);
}

const made = async (run: string): Promise<Uint8Array> => (await import('./trial.js')).trialOf(run);
