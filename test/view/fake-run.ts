import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFakeResults } from '../runtime/ablation/fake-runs.js';

const experiment = `model: {path: model/unet.net}
parameters: {base: 4, depth: 1}
data: {kind: synthetic-retina, train: 2, test: 4, size: 64}
engine: {kind: portable}
steps: 40
batch: 2
patch: 32
output: run
`;

/** A run's folder as `netc train` begins one. */
export function begunRun(folder: string): string {
  mkdirSync(folder, { recursive: true });
  cpSync('models', join(folder, 'model'), { recursive: true });
  writeFileSync(join(folder, 'experiment.yaml'), experiment);
  return folder;
}

/** A run that is trained and scored, its figures made up: those of the i-th of `f1Of`. */
export async function scoredRun(folder: string, i: number): Promise<string> {
  await writeFakeResults(begunRun(folder), i);
  return folder;
}
