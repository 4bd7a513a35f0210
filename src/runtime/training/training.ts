import type { BatchSource } from '../data/batches/batch-source.js';
import type { Engine, Tensors } from '../engines/engine.js';
import type { Prepared } from '../preparation/prepare.js';
import { checkpointOf, networkState } from '../runs/checkpoint.js';
import { removePrevious, saveCheckpoint } from '../runs/save-checkpoint.js';
import { averagedState } from '../weights/averages.js';
import { type Course, followed } from './course.js';
import { openJournal } from './journal.js';
import { estimateMoments } from './moments.js';
import { mapKeeper } from './validation/keep-maps.js';
import { openValidation, type Validated } from './validation/validate.js';

/** Where a training is: what it goes on from to the bit. */
export interface Point {
  readonly state: Tensors;
  /** Steps that were done. */
  readonly step: number;
  /** The time they took. */
  readonly seconds: number;
  readonly course: Course;
}

/** A training on its way: how far it is, and what its folder is told. */
export interface Training {
  seconds(): number;
  /** How long the last checkpoint is ago, or the beginning. */
  secondsSinceSaved(): number;
  course(): Course;
  logStep(done: number, loss: number | null, learningRate: number): Promise<void>;
  /** Scores the network as it would be after `done` steps; training then goes on as if nothing had been. */
  validate(done: number): Promise<void>;
  save(done: number): Promise<void>;
  /** Estimates the running statistics again, validates once more and saves. */
  finish(done: number): Promise<void>;
  close(): Promise<void>;
}

export async function openTraining(
  engine: Engine,
  prepared: Prepared,
  batches: BatchSource,
  folder: string,
  from: Point,
  watcher: { onValidation: (done: number, scores: Validated, best: boolean) => void },
): Promise<Training> {
  const { experiment, network } = prepared;
  const { validation, schedule, logs } = experiment;
  const { metric } = validation;
  const validate = validation.every === null ? null : await openValidation(prepared);
  const keep = mapKeeper(folder, prepared);
  const journal = await openJournal(folder, logs.tensorboard, from.step);
  const patience = schedule.kind === 'plateau' ? schedule.patience : null;
  const begin = performance.now();
  const seconds = (): number => from.seconds + (performance.now() - begin) / 1000;
  let course = from.course;
  let saved = begin;

  const score = async (done: number): Promise<void> => {
    if (validate === null || course.validated === done) return;
    const scores = await validate(engine, (...seen) => keep(done, ...seen));
    course = followed(course, metric, { step: done, value: scores[metric] }, patience);
    const best = course.best?.step === done;
    if (best) {
      const notes = { metric, value: String(scores[metric]) };
      const state = networkState(network.program, await engine.read());
      await saveCheckpoint(folder, 'best', done, checkpointOf(state, done, notes));
    }
    await journal.validation(done, { ...scores });
    watcher.onValidation(done, scores, best);
  };
  const write = async (done: number, state: Tensors): Promise<void> => {
    const notes = { course: JSON.stringify(course) };
    await saveCheckpoint(folder, 'last', done, checkpointOf(state, done, notes));
    await journal.flush();
    saved = performance.now();
  };
  return {
    seconds,
    secondsSinceSaved: () => (performance.now() - saved) / 1000,
    course: () => course,
    logStep: (done, loss, rate) => journal.step(done, loss, rate, seconds()),
    validate: (done) => asScored(engine, prepared, batches, () => score(done)),
    save: async (done) => write(done, await engine.read()),
    async finish(done) {
      const scored = await asScored(engine, prepared, batches, async () => {
        await score(done);
        return engine.read();
      });
      const stored = network.program.variables.filter(({ kind }) => kind === 'moment');
      const estimated = Object.fromEntries(stored.map(({ path }) => [path, scored[path]!]));
      await write(done, { ...(await engine.read()), ...estimated });
      await removePrevious(folder);
    },
    close: () => journal.flush(),
  };
}

/** Gives the engine what is scored, the averages and running statistics of their own, for as long as `use` takes. */
async function asScored<T>(
  engine: Engine,
  prepared: Prepared,
  batches: BatchSource,
  use: () => Promise<T>,
): Promise<T> {
  const { experiment, network } = prepared;
  const estimates = experiment.moments.batches > 0 && 'moments' in network.program.functions;
  if (experiment.ema === null && !estimates) return use();
  const own = await engine.read();
  await engine.write(averagedState(own));
  await estimateMoments(engine, prepared, batches);
  const result = await use();
  await engine.write(own);
  return result;
}
