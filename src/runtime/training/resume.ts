import { existsSync } from 'node:fs';
import { InputError } from '../errors/errors.js';
import type { Prepared } from '../preparation/prepare.js';
import { readWhole } from '../runs/checkpoint.js';
import { differencesOf } from '../runs/compare.js';
import { removePartial } from '../runs/folder.js';
import { runPath } from '../runs/layout.js';
import { truncateLog } from '../runs/log.js';
import { type RunRecord, wholeRecord, writeRecord } from '../runs/record.js';
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
  const saved = await readPoint(folder, prepared);
  await removePartial(folder);
  const point = { ...saved, seconds: await truncateLog(folder, saved.step) };
  const session = { ...sessionOf(present), after: point.step };
  await writeRecord(folder, { ...then, resumed: [...(then.resumed ?? []), session] });
  return { point, warnings: changesOf(then, present) };
}

async function readPoint(folder: string, prepared: Prepared): Promise<Point> {
  const last = runPath(folder, 'last');
  if (!existsSync(last)) return beginning((await startOf(prepared)).state);
  const { state, step, notes } = await readWhole(last, prepared.network.program);
  if (notes.course === undefined) {
    throw new InputError(`${last} was not written to be resumed: train anew by --out`);
  }
  return { state, step, seconds: 0, course: JSON.parse(notes.course) };
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
