import { link, rename, rm } from 'node:fs/promises';
import { besideName, writeAtomically } from '../files/disk.js';
import type { Encoded } from '../weights/safetensors/encode.js';
import { runPath } from './layout.js';
import { type CheckpointRecord, type RunRecord, wholeRecord, writeRecord } from './record.js';

type Recorded = NonNullable<RunRecord['checkpoints']>;

/** `before` with one more checkpoint that may stand under `name`. */
const withOne = (before: Recorded, name: string, one: CheckpointRecord): Recorded => ({
  ...before,
  [name]: [...(before[name] ?? []).slice(-1), one],
});

/**
 * Saves a checkpoint under `best` or `last` of the run in `folder`. At every moment the run has a whole one, and its record has the
 * digest of whatever stands there: it names the new one before that replaces the old one. The last but one is kept as `previous`.
 */
export async function saveCheckpoint(
  folder: string,
  name: 'best' | 'last',
  step: number,
  { bytes, sha256 }: Encoded,
): Promise<void> {
  const record = await wholeRecord(folder);
  let checkpoints = withOne(record.checkpoints ?? {}, name, { step, sha256 });
  const before = record.checkpoints?.last?.at(-1);
  if (name === 'last' && before) checkpoints = withOne(checkpoints, 'previous', before);
  await writeRecord(folder, { ...record, checkpoints });
  const path = runPath(folder, name);
  if (name === 'last') await keepAsPrevious(folder);
  await writeAtomically(path, bytes);
}

/** By a second name for the same file, so that there is a last one all the while; not every file system can. */
async function keepAsPrevious(folder: string): Promise<void> {
  const [last, previous] = [runPath(folder, 'last'), runPath(folder, 'previous')];
  const aside = besideName(previous);
  try {
    await link(last, aside);
    await rename(aside, previous);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    await rm(aside, { force: true });
    await rename(last, previous);
  }
}

/** What a run that has ended goes on from no more. */
export const removePrevious = (folder: string): Promise<void> =>
  rm(runPath(folder, 'previous'), { force: true });
