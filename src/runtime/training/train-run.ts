import type { BatchSource } from '../data/batches/batch-source.js';
import { openBatches } from '../data/batches/client.js';
import type { Engine, Tensors } from '../engines/engine.js';
import { type Experiment, stepsOf, stepsPerEpoch } from '../experiments/experiment.js';
import type { Prepared } from '../preparation/prepare.js';
import { type Course, start } from './course.js';
import { feedsOf } from './feeds.js';
import { grownText, watchGrowth } from './growth.js';
import { trainSteps } from './loop.js';
import { learningRateAt } from './schedule.js';
import { openTraining, type Point } from './training.js';
import type { Validated } from './validation/validate.js';

/** What a training tells whoever started it. */
export interface Watcher {
  /** After every step; `done` counts from 1. */
  readonly onStep: (done: number, loss: number) => void;
  /** After every validation, and whether it is the best so far. */
  readonly onValidation: (done: number, scores: Validated, best: boolean) => void;
  /** Of a step that changed nothing, since its loss or its gradients are NaN or infinite. */
  readonly onSkipped: (done: number) => void;
  /** Of what is odd and goes on, a line. */
  readonly onWarning: (line: string) => void;
  /** Asked after every step: whether to end now, with a checkpoint. */
  readonly stopped: () => boolean;
}

export interface Outcome {
  readonly steps: number;
  readonly completed: boolean;
  readonly seconds: number;
  /** Of the last step; null where none was taken. */
  readonly loss: number | null;
  /** Whether validation ended it before its time. */
  readonly early: boolean;
  readonly best: Course['best'];
}

/** The batches of the experiment by step, from a thread that makes them ahead. */
export function batchesOf({ experiment, network, preprocessing }: Prepared): BatchSource {
  const { data, batch, patch: size, augment, seed } = experiment;
  const { margin, classes } = network.geometry;
  return openBatches({ data, preprocessing, batch, size, margin, classes, augment, seed });
}

/** Where training begins: before the first step. */
export const beginning = (state: Tensors): Point => ({ state, step: 0, seconds: 0, course: start });

const isOutOfPatience = ({ validation: { patience } }: Experiment, { waited }: Course): boolean =>
  patience !== null && waited >= patience;

/**
 * Trains on from a point, logs every step and validation into `folder` and leaves checkpoints there, also when stopped.
 */
export async function train(
  engine: Engine,
  prepared: Prepared,
  batches: BatchSource,
  folder: string,
  from: Point,
  watcher: Watcher,
): Promise<Outcome> {
  const { experiment, network } = prepared;
  const { batch, patch, seed, schedule, learningRate, accumulate } = experiment;
  const { checkpoint, validation } = experiment;
  const steps = stepsOf(experiment);
  const extent = { peak: learningRate, steps, stepsPerEpoch: stepsPerEpoch(experiment) };
  const feeds = feedsOf(network.geometry, batch, patch, seed);
  const training = await openTraining(engine, prepared, batches, folder, from, watcher);
  const rateAt = (step: number): number =>
    learningRateAt(schedule, extent, step, training.course().falls);
  const isEnd = (done: number): boolean =>
    done === steps || isOutOfPatience(experiment, training.course());
  const validates = (done: number): boolean =>
    validation.every !== null && done % validation.every === 0 && done < steps;
  let last: number | null = null;
  const growth = watchGrowth();

  await engine.write(from.state);
  const first = isEnd(from.step) ? steps : from.step;
  const reached = await trainSteps(engine, {
    first,
    steps,
    parts: accumulate,
    batch: (step, part) => batches.next(step * accumulate + part),
    feed: (next, step, part) =>
      part + 1 < accumulate ? feeds.accumulate(next, part) : feeds.train(next, rateAt(step)),
    pausesAfter: (done) => validates(done) || done === steps,
    async onStep(step, loss) {
      const done = step + 1;
      if (loss === null) watcher.onSkipped(done);
      else {
        last = loss;
        watcher.onStep(done, loss);
        const grown = growth(loss);
        if (grown) watcher.onWarning(grownText(done, grown));
      }
      await training.logStep(done, loss, rateAt(step));
      if (validates(done)) await training.validate(done);
      if (isEnd(done) || watcher.stopped()) return true;
      const isLate = training.secondsSinceSaved() >= 60 * checkpoint.minutes;
      if (done % checkpoint.every === 0 || isLate) await training.save(done);
      return false;
    },
  });
  const done = first === steps ? from.step : reached;
  const completed = isEnd(done);
  if (done > from.step) {
    if (completed) await training.finish(done);
    else await training.save(done);
  }
  await training.close();
  const { best } = training.course();
  const early = completed && done < steps;
  return { steps: done, completed, seconds: training.seconds(), loss: last, early, best };
}
