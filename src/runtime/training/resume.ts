import { existsSync } from 'node:fs';
import { InputError } from '../errors/errors.js';
import { stepsOf } from '../experiments/experiment.js';
import { parseJson } from '../files/disk.js';
import { hashFile } from '../files/hash.js';
import type { Prepared } from '../preparation/prepare.js';
import { readWhole } from '../runs/checkpoint.js';
import { differencesOf } from '../runs/compare.js';
import { removePartial } from '../runs/folder.js';
import { runPath } from '../runs/layout.js';
import { truncateLog } from '../runs/log.js';
import { type RunRecord, wholeRecord, writeRecord } from '../runs/record.js';
import { removeLaterMaps } from '../runs/validation-maps.js';
import type { Course } from './course.js';
import { startOf } from './start.js';
import { beginning } from './train-run.js';
import type { Point } from './training.js';

/** A run that goes on, and what may make it differ from one that was never interrupted. */
export interface Resumed {
  readonly point: Point;
  readonly warnings: readonly string[];
}

/**
 * Where the run in `folder` goes on: its last checkpoint, or its beginning where it came to none. Throws `InputError` where the
 * experiment, the model or the images are no longer those of the run.
 * @param present the record that the same training would begin with
 * @param was the run's own experiment
 */
export async function resume(
  folder: string,
  prepared: Prepared,
  was: Prepared['experiment'],
  present: RunRecord,
): Promise<Resumed> {
  const then = await wholeRecord(folder);
  const problems = differencesOf(was, prepared.experiment).map(
    ({ key, before, after }) =>
      `${folder} was trained with ${key} ${before}, and now it is ${after}`,
  );
  const own = runPath(folder, 'experiment');
  if (then.hashes.experiment !== (await hashFile(own))) {
    problems.push(`${own} was changed after the run began: undo that, or train anew by --out`);
  }
  if (then.hashes.graph !== present.hashes.graph) {
    problems.push(
      `the model is not the one of ${folder}: its graph is not ${runPath(folder, 'graph')}`,
    );
  }
  if (then.hashes.data !== present.hashes.data) {
    problems.push(
      `the images are not those of ${folder}: ${runPath(folder, 'images')} says what they were`,
    );
  }
  if (problems.length > 0) {
    throw new InputError(...problems, 'resume it as it was, or train anew by --out');
  }
  const { point: saved, notes } = await readPoint(folder, prepared, then);
  await removePartial(runPath(folder, 'checkpoints'));
  await removeLaterMaps(folder, saved.step);
  const { seconds, missing } = await truncateLog(folder, saved.step);
  const point = { ...saved, seconds };
  const session = { ...sessionOf(present), after: point.step };
  await writeRecord(folder, { ...then, resumed: [...(then.resumed ?? []), session] });
  const gaps = missing.length > 0 ? [gapsNote(folder, missing)] : [];
  return { point, warnings: [...notes, ...gaps, ...changesOf(then, present)] };
}

const gapsNote = (folder: string, missing: readonly (readonly [number, number])[]): string => {
  const gaps = missing.map(([first, last]) => (first === last ? first : `${first} to ${last}`));
  return `${runPath(folder, 'log')} lacks the steps ${gaps.join(', ')}: their losses are lost, and the weights are not affected`;
};

export interface FoundPoint {
  readonly point: Point;
  readonly notes: readonly string[];
}

/** The last checkpoint, or the one before it where the last is damaged or missing. */
export async function readPoint(
  folder: string,
  prepared: Prepared,
  then: RunRecord,
): Promise<FoundPoint> {
  const [last, previous] = [runPath(folder, 'last'), runPath(folder, 'previous')];
  if (!existsSync(last) && !existsSync(previous)) {
    const [, written] = then.checkpoints?.last ?? [];
    // One that is recorded and not there was to be the first: it is recorded before it is written.
    if (!written) return { point: beginning((await startOf(prepared)).state), notes: [] };
    throw new InputError(
      `${last} is missing, which the run wrote at step ${written.step}: put it back, or train anew by --out`,
    );
  }
  try {
    return { point: await pointIn(last, prepared), notes: [] };
  } catch (error) {
    if (!(error instanceof InputError) || !existsSync(previous)) throw error;
    const point = await pointIn(previous, prepared);
    const reason = existsSync(last) ? error.problems[0] : `${last} is missing`;
    return { point, notes: [`${reason}; the run goes on from ${previous}, of step ${point.step}`] };
  }
}

async function pointIn(path: string, { network, experiment }: Prepared): Promise<Point> {
  const { state, step, notes } = await readWhole(path, network.program);
  const steps = stepsOf(experiment);
  if (step > steps) {
    throw new InputError(`${path} is damaged: it is of step ${step}, and the run has ${steps}`);
  }
  if (notes.course === undefined) {
    throw new InputError(`${path} was not written to be resumed: train anew by --out`);
  }
  return { state, step, seconds: 0, course: parseJson(notes.course, path) as Course };
}

const sessionOf = ({ netc, node, engine, machine, command, started }: RunRecord): object => ({
  netc,
  node,
  engine,
  machine,
  command,
  started,
});

/** What bits depend on beside the run's own files. */
function changesOf(then: RunRecord, now: RunRecord): string[] {
  const facts = ({ netc, node, engine, machine }: RunRecord): Record<string, string> => ({
    netc,
    node,
    engine,
    cpu: machine.cpu,
    threads: String(machine.threads),
  });
  const [before, after] = [facts(then), facts(now)];
  return Object.keys(before)
    .filter((key) => before[key] !== after[key])
    .map(
      (key) =>
        `${key} was ${before[key]} and is ${after[key]}: the weights may differ in their last bits from those of a run that was never interrupted`,
    );
}
