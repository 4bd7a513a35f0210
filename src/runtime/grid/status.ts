import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readFailure, reasonOf } from '../ablation/failure.js';
import { type RunState, stateOf } from '../ablation/run-state.js';
import { runPath } from '../runs/layout.js';
import { isHeld } from '../runs/lock.js';
import type { Grid, GridRun } from './grid.js';
import type { Job } from './job.js';

/** How far a run of a grid is. */
export interface RunStatus {
  readonly run: string;
  readonly state: 'to do' | 'queued' | 'running' | 'done' | 'failed' | 'ended';
  /** Of its training. */
  readonly steps: number;
  /** The last step that its log tells of; 0 before the first. */
  readonly step: number;
  /** Steps a second, over the last of them; null where the log has too few. */
  readonly rate: number | null;
  /** The scheduler's id of its last job; null where it has none, or the scheduler has forgotten it. */
  readonly job: string | null;
  /** Why it waits, failed or ended; null where there is nothing to say. */
  readonly reason: string | null;
}

/**
 * How far each run is, by its folder and by what the scheduler says.
 * @param jobs by the name of the run; undefined where the scheduler does not answer
 */
export function statusesOf(
  output: string,
  grid: Grid,
  jobs: ReadonlyMap<string, Job> | undefined,
): Promise<RunStatus[]> {
  // Where a scheduler answers, it knows whether a job runs; one that was killed may have left its lock.
  const byLocks = grid.on === 'local' || jobs === undefined;
  return Promise.all(grid.runs.map((run) => statusOf(output, run, jobs?.get(run.name), byLocks)));
}

async function statusOf(
  output: string,
  run: GridRun,
  job: Job | undefined,
  byLocks: boolean,
): Promise<RunStatus> {
  const folder = join(output, 'runs', run.name);
  const found = await stateOf(folder, run.identity);
  const { step, rate } = await progressOf(folder, found);
  const told = { run: run.name, steps: run.steps, step, rate, job: job?.id ?? null };
  if (found === 'done')
    return { ...told, step: run.steps, rate: null, state: 'done', reason: null };
  if (job?.state === 'running') {
    return { ...told, state: 'running', reason: found === 'trained' ? 'scoring' : null };
  }
  if (job?.state === 'queued') return { ...told, rate: null, state: 'queued', reason: job.words };
  // Without a scheduler, a run goes on where a process holds its folder.
  if (byLocks && (await isHeld(folder))) return { ...told, state: 'running', reason: null };
  const failure = await readFailure({ name: run.name, folder });
  if (failure) return { ...told, rate: null, state: 'failed', reason: reasonOf(failure) };
  if (job) return { ...told, rate: null, state: 'ended', reason: job.words };
  if (found === 'none') return { ...told, rate: null, state: 'to do', reason: null };
  // Whoever scores it does not hold its folder.
  const reason = found === 'trained' ? 'trained, not scored yet' : 'interrupted';
  return { ...told, rate: null, state: 'ended', reason };
}

/** Of the end of the log, which is all that is read of it. */
const tail = 4096;

async function progressOf(folder: string, state: RunState) {
  if (state === 'none') return { step: 0, rate: null };
  const lines = (await endOf(runPath(folder, 'log'))).split('\n').slice(0, -1);
  const steps = lines.flatMap((line) => stepIn(line) ?? []);
  const [first, last] = [steps[0], steps.at(-1)];
  const seconds = last && first ? last.seconds - first.seconds : 0;
  const rate = last && first && seconds > 0 ? (last.step - first.step) / seconds : null;
  return { step: last?.step ?? 0, rate };
}

async function endOf(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const length = Math.min(size, tail);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}

/** Undefined of a line that tells of no step, or was cut. */
function stepIn(line: string): { readonly step: number; readonly seconds: number } | undefined {
  try {
    const { step, seconds } = JSON.parse(line);
    return typeof step === 'number' && typeof seconds === 'number' ? { step, seconds } : undefined;
  } catch {
    return undefined;
  }
}
