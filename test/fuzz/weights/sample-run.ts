import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { manifestOf } from '../../../src/runtime/data/manifest.js';
import type { Engine, Tensors } from '../../../src/runtime/engines/engine.js';
import { noSettings, openExperiment } from '../../../src/runtime/experiments/open-experiment.js';
import { type Prepared, prepare } from '../../../src/runtime/preparation/prepare.js';
import { checkpointOf, networkState } from '../../../src/runtime/runs/checkpoint.js';
import { createRunFolder } from '../../../src/runtime/runs/folder.js';
import { runPath } from '../../../src/runtime/runs/layout.js';
import { unlock } from '../../../src/runtime/runs/lock.js';
import { appendLog } from '../../../src/runtime/runs/log.js';
import { runFiles } from '../../../src/runtime/runs/provenance.js';
import type { RunRecord } from '../../../src/runtime/runs/record.js';
import { saveCheckpoint } from '../../../src/runtime/runs/save-checkpoint.js';
import { start } from '../../../src/runtime/training/course.js';
import { startOf } from '../../../src/runtime/training/start.js';

const experimentText = `model:
  path: models/unet.net
parameters: {base: 2, depth: 1}
data: {kind: synthetic-retina, train: 2, test: 1, size: 64}
steps: 30
batch: 2
patch: 32
validation: {every: 15, patches: 4}
output: run
`;

/** A run as it is after twenty of its thirty steps, without an engine: its weights are made up. */
export interface SampleRun {
  readonly folder: string;
  readonly prepared: Prepared;
  /** What the same training would begin with. */
  readonly record: RunRecord;
  /** What its checkpoints hold, by their step. */
  readonly states: ReadonlyMap<number, Tensors>;
}

export async function sampleRun(below: string): Promise<SampleRun> {
  cpSync('models', join(below, 'models'), { recursive: true });
  const path = join(below, 'x.yaml');
  writeFileSync(path, experimentText);
  const settings = { name: 'output', path: ['output'], value: join(below, 'run') };
  const opened = openExperiment(path, { ...noSettings, flags: [settings] });
  const prepared = await prepare(opened);
  const folder = relative('', opened.experiment.output);
  // Of a process that a case ended.
  rmSync(folder, { recursive: true, force: true });
  const { state } = await startOf(prepared);
  const engine = { description: 'no engine' } as Engine;
  const data = await manifestOf(prepared.dataset, prepared.experiment.data);
  const { record, files } = await runFiles(prepared, data, engine, '0.0.0', ['train'], null);
  await createRunFolder(folder, files, false);
  const states = new Map<number, Tensors>();
  for (let step = 1; step <= 20; step++) {
    await appendLog(folder, { step, loss: 1 / step, learningRate: 0.001, seconds: step / 8 });
    if (step === 15) {
      await appendLog(folder, { validation: { step, f1: 0.5, loss: 0.4 } });
      const notes = { metric: 'f1', value: '0.5' };
      const best = networkState(prepared.network.program, moved(state, step));
      await saveCheckpoint(folder, 'best', step, checkpointOf(best, step, notes));
    }
    if (step % 10 > 0) continue;
    states.set(step, moved(state, step));
    const notes = { course: JSON.stringify(start) };
    await saveCheckpoint(folder, 'last', step, checkpointOf(states.get(step)!, step, notes));
  }
  await writeScores(folder);
  await unlock(folder);
  return { folder, prepared, record, states };
}

/** Other numbers at every step. */
const moved = (state: Tensors, step: number): Tensors =>
  Object.fromEntries(
    Object.entries(state).map(([name, { shape, data }]) => [
      name,
      { shape, data: data.map((value, i) => value + ((step * (i % 7)) as never)) as typeof data },
    ]),
  );

async function writeScores(folder: string): Promise<void> {
  const metrics = { f1: 0.7, se: 0.6, sp: 0.9, ac: 0.9, rocAuc: 0.8, prAuc: null, hd95: null };
  const scored = {
    ...{ model: 'UNet', threshold: 0.4, thresholdFrom: 'validation', weights: 'best', images: 1 },
    ...{ metrics, mean: metrics, perImage: [{ id: '03', ...metrics }] },
  };
  await mkdir(join(folder, 'scores'), { recursive: true });
  await writeFile(runPath(folder, 'scores'), `${JSON.stringify(scored, null, 2)}\n`);
  const points = [0, 0.5, 1].map((x) => ({ fpr: x, tpr: x, recall: x, precision: 1 - x }));
  for (const name of ['roc', 'pr'] as const) {
    await writeFile(runPath(folder, name), JSON.stringify({ curves: [{ name: 'x', points }] }));
  }
}
