import type { BatchSource } from '../data/batches/batch-source.js';
import type { Engine, Tensors } from '../engines/engine.js';
import type { Prepared } from '../preparation/prepare.js';
import { bestPath, lastPath, networkState, writeCheckpoint } from '../runs/checkpoint.js';
import { appendLog } from '../runs/log.js';
import { averagedState } from '../weights/averages.js';
import { type Course, followed } from './course.js';
import { estimateMoments } from './moments.js';
import { openEventLog } from './tensorboard/event-log.js';
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

/** What a training writes into its folder on its way. */
export interface Training {
  seconds(): number;
  course(): Course;
  logStep(done: number, loss: number, learningRate: number): Promise<void>;
  /** Scores the network as it would be after `done` steps; training then goes on as if nothing had been. */
  validate(done: number): Promise<void>;
  save(done: number): Promise<void>;
  /** Estimates moments again, validates once more and saves. */
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
  const { validation, schedule, logs, moments } = experiment;
  const { metric } = validation;
  const validate = validation.every === null ? null : await openValidation(prepared);
  const events = logs.tensorboard ? await openEventLog(folder, from.step) : null;
  const patience = schedule.kind === 'plateau' ? schedule.patience : null;
  const estimates = moments.batches > 0 && 'moments' in network.program.functions;
  const begin = performance.now();
  const seconds = (): number => from.seconds + (performance.now() - begin) / 1000;
  let course = from.course;

  const score = async (done: number): Promise<void> => {
    if (validate === null || course.validated === done) return;
    const scores = await validate(engine);
    course = followed(course, metric, { step: done, value: scores[metric] }, patience);
    const best = course.best?.step === done;
    if (best) {
      const notes = { metric, value: String(scores[metric]) };
      const state = networkState(network.program, await engine.read());
      await writeCheckpoint(bestPath(folder), state, done, notes);
    }
    const record: Readonly<Record<string, number | null>> = { ...scores };
    await appendLog(folder, { validation: { step: done, ...record } });
    events?.add(done, prefixed('validation/', record));
    watcher.onValidation(done, scores, best);
  };

  /** Gives the engine what is scored, the averages and moments of their own, for as long as `use` takes. */
  const asScored = async <T>(use: () => Promise<T>): Promise<T> => {
    if (experiment.ema === null && !estimates) return use();
    const own = await engine.read();
    await engine.write(averagedState(own));
    await estimateMoments(engine, prepared, batches);
    const result = await use();
    await engine.write(own);
    return result;
  };

  const write = async (done: number, state: Tensors): Promise<void> => {
    const notes = { course: JSON.stringify(course) };
    await writeCheckpoint(lastPath(folder), state, done, notes);
    await events?.flush();
  };

  return {
    seconds,
    course: () => course,
    async logStep(done, loss, learningRate) {
      await appendLog(folder, { step: done, loss, learningRate, seconds: seconds() });
      events?.add(done, { loss, learningRate });
    },
    validate: (done) => asScored(() => score(done)),
    save: async (done) => write(done, await engine.read()),
    async finish(done) {
      const scored = await asScored(async () => {
        await score(done);
        return engine.read();
      });
      const stored = network.program.variables.filter(({ kind }) => kind === 'moment');
      const estimated = Object.fromEntries(stored.map(({ path }) => [path, scored[path]]));
      await write(done, { ...(await engine.read()), ...estimated });
    },
    close: async () => events?.flush(),
  };
}

const prefixed = (
  prefix: string,
  scores: Readonly<Record<string, number | null>>,
): Record<string, number | null> =>
  Object.fromEntries(Object.entries(scores).map(([name, value]) => [`${prefix}${name}`, value]));
