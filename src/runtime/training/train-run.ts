import { readAll } from '../data/dataset.js';
import { type Batch, patchSampler } from '../data/patches.js';
import { preprocess } from '../data/preprocess.js';
import type { Engine } from '../engines/engine.js';
import { stepsOf } from '../experiments/experiment.js';
import type { Prepared } from '../prepare.js';
import { checkpointPath, writeCheckpoint } from './checkpoint.js';
import { feedsOf } from './feeds.js';
import { initialState } from './initial-state.js';
import { trainSteps } from './loop.js';
import { estimateMoments } from './moments.js';
import { appendLog } from './run-folder.js';
import { learningRateAt } from './schedule.js';

/** What a training tells whoever started it. */
export interface Watcher {
  /** After every step; `done` counts from 1. */
  readonly onStep: (done: number, loss: number) => void;
  /** Asked after every step: whether to end now, with a checkpoint. */
  readonly stopped: () => boolean;
}

export interface Outcome {
  readonly steps: number;
  readonly completed: boolean;
  readonly seconds: number;
  /** Of the last step. */
  readonly loss: number;
}

/**
 * The batches of the experiment by step. Throws `InputError` where its patches do not fit its
 * images, so it is made before anything is written.
 */
export async function batchesOf(prepared: Prepared): Promise<(step: number) => Batch> {
  const { experiment, network, dataset, preprocessing } = prepared;
  const images = await readAll(dataset.train);
  const samples = images.map((sample) => preprocess(preprocessing, sample));
  const { batch, patch: size, augment, seed } = experiment;
  const { margin, classes } = network.geometry;
  return patchSampler(samples, { batch, size, margin, classes, augment, seed });
}

/**
 * Trains from the initial weights, logs every step into `folder` and leaves a checkpoint there,
 * also when stopped.
 */
export async function train(
  engine: Engine,
  prepared: Prepared,
  batchOf: (step: number) => Batch,
  folder: string,
  watcher: Watcher,
): Promise<Outcome> {
  const { experiment, network } = prepared;
  const { batch, patch, seed, schedule, learningRate, accumulate } = experiment;
  const steps = stepsOf(experiment);
  const feeds = feedsOf(network.geometry, batch, patch, seed);
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const rateAt = (step: number): number => learningRateAt(schedule, learningRate, step, steps);
  const save = async (done: number): Promise<void> =>
    writeCheckpoint(checkpointPath(folder), await engine.read(), done);
  let last = Number.NaN;

  await engine.write(initialState(network.program, seed));
  const done = await trainSteps(engine, {
    steps,
    parts: accumulate,
    inputs(step, part) {
      const next = batchOf(step * accumulate + part);
      return part + 1 < accumulate ? feeds.accumulate(next, part) : feeds.train(next, rateAt(step));
    },
    stopped: watcher.stopped,
    async onStep(step, loss) {
      last = loss;
      watcher.onStep(step + 1, loss);
      const record = { step: step + 1, loss, learningRate: rateAt(step), seconds: seconds() };
      await appendLog(folder, record);
      if ((step + 1) % experiment.checkpoint.every === 0 && step + 1 < steps) await save(step + 1);
    },
  });
  if (done === steps) await estimateMoments(engine, prepared, batchOf);
  await save(done);
  return { steps: done, completed: done === steps, seconds: seconds(), loss: last };
}
