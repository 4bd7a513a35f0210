import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors/errors.js';
import { writeAtomically } from '../files/disk.js';
import type { Prepared } from '../preparation/prepare.js';
import { lastPath, readWhole } from '../runs/checkpoint.js';
import { differencesOf } from '../runs/compare.js';
import { truncateLog } from '../runs/log.js';
import type { RunFiles } from '../runs/run-folder.js';
import { startOf } from './start.js';
import { beginning } from './train-run.js';
import type { Point } from './training.js';

/** What `run.json` says of where and how a run was made. */
export interface RunRecord {
  readonly netc: string;
  readonly node: string;
  readonly engine: string;
  readonly machine: { readonly cpu: string; readonly threads: number };
  readonly command: readonly string[];
  readonly started: string;
  readonly hashes: Readonly<Record<string, string>>;
  /** The sessions after the first. */
  readonly resumed?: readonly object[];
}

/** A run that goes on, and what may make it differ from one that was never interrupted. */
export interface Resumed {
  readonly point: Point;
  readonly warnings: readonly string[];
}

/**
 * Where the run in `folder` goes on: its last checkpoint, or its beginning where it came to none. Throws `InputError` where the
 * experiment, the model or the images are no longer those of the run.
 * @param now the files that the same training would begin with
 * @param was the run's own experiment
 */
export async function resume(
  folder: string,
  prepared: Prepared,
  was: Prepared['experiment'],
  now: RunFiles,
): Promise<Resumed> {
  const then = await readRecord(folder);
  const present: RunRecord = JSON.parse(now['run.json']);
  const problems = differencesOf(was, prepared.experiment).map(
    ({ key, before, after }) =>
      `${folder} was trained with ${key} ${before}, and now it is ${after}`,
  );
  if (then.hashes.graph !== present.hashes.graph) {
    problems.push(`the model is not the one of ${folder}: its graph is not ${folder}/graph.txt`);
  }
  if (then.hashes.data !== present.hashes.data) {
    problems.push(`the images are not those of ${folder}: ${folder}/data.json says what they were`);
  }
  if (problems.length > 0) {
    throw new InputError(...problems, 'resume it as it was, or train anew by --out');
  }
  const saved = await readPoint(folder, prepared);
  await removePartial(folder);
  const point = { ...saved, seconds: await truncateLog(folder, saved.step) };
  const session = { ...sessionOf(present), after: point.step };
  const record = { ...then, resumed: [...(then.resumed ?? []), session] };
  await writeAtomically(join(folder, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
  return { point, warnings: changesOf(then, present) };
}

async function readRecord(folder: string): Promise<RunRecord> {
  const path = join(folder, 'run.json');
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    const record: RunRecord = JSON.parse(text);
    if (record.hashes && record.machine) return record;
  } catch {
    // Told below.
  }
  throw new InputError(`${path} is damaged: the run cannot be resumed; train anew by --overwrite`);
}

async function readPoint(folder: string, prepared: Prepared): Promise<Point> {
  if (!existsSync(lastPath(folder))) return beginning((await startOf(prepared)).state);
  const { state, step, notes } = await readWhole(lastPath(folder), prepared.network.program);
  if (notes.course === undefined) {
    throw new InputError(`${lastPath(folder)} was not written to be resumed: train anew by --out`);
  }
  return { state, step, seconds: 0, course: JSON.parse(notes.course) };
}

/** What a killed process left of files that were being written. */
async function removePartial(folder: string): Promise<void> {
  const checkpoints = join(folder, 'checkpoints');
  const names = await readdir(checkpoints).catch(() => []);
  for (const name of names) if (name.startsWith('.')) await rm(join(checkpoints, name));
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
