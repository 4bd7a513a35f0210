import { setTimeout } from 'node:timers/promises';
import type { PlannedRun } from '../../ablation/ablation.js';
import type { Failure } from '../../ablation/failure.js';
import { clearFailure, keepFailure, readFailure } from '../../ablation/failure.js';
import type { RunWatcher } from '../../ablation/one-run.js';
import type { Resources } from '../../ablation/resources.js';
import type { RunAll } from '../../ablation/run-all.js';
import { stateOf } from '../../ablation/run-state.js';
import { InputError, MachineError } from '../../errors/errors.js';
import { stepOf } from '../../runs/checkpoint.js';
import { runPath } from '../../runs/layout.js';
import { isCancelled } from '../cancelled.js';
import { type Grid, writeGrid } from '../grid.js';
import type { Site } from '../site.js';
import type { Start } from '../start.js';
import { tooShort } from '../too-short.js';
import { amountOf, hasRoom, kinds, type RayApi, type RayJob, type Usage } from './api.js';
import { submissionId } from './jobs.js';
import { submissionOf } from './submission.js';

/** A run for the cluster. */
export interface RayRun {
  readonly run: PlannedRun;
  readonly identity: string;
  readonly resources: Resources;
}

export interface RayRequest {
  readonly grid: Grid;
  readonly output: string;
  readonly runs: readonly RayRun[];
  /** How many are with Ray at once; null: as many as there is room for. */
  readonly atOnce: number | null;
  readonly api: RayApi;
  readonly start: Start;
  readonly site: Site;
  readonly watcher: RunWatcher;
  /** Seconds between two looks at the jobs. */
  readonly pace?: number;
  /** Told what goes on beside the runs, a line each. */
  readonly onNote: (line: string) => void;
}

/** How long a head that does not answer is waited for, in seconds. */
const patience = 600;
/** What `timeout` ends with where the time was over. */
const timedOut = 124;
/** How often the jobs of a run may die. */
const most = 3;

/**
 * Trains and scores each run as a job of Ray. The queue is held here: a job is submitted when there is room for it, so that none waits
 * longer than Ray lets it. One that dies by a signal, or with its node, is submitted again and goes on from its checkpoint.
 */
export function runOnRay(request: RayRequest): RunAll {
  const queue = new RayQueue(request);
  return { ended: queue.work(), stop: () => queue.leave() };
}

/** Of its last checkpoint; null where it has none. */
const stepReached = (run: Pick<PlannedRun, 'folder'>): Promise<number | null> =>
  stepOf(runPath(run.folder, 'last'));

class RayQueue {
  readonly #waiting: RayRun[];
  readonly #live = new Map<string, RayRun>();
  readonly #deaths = new Map<string, number>();
  /** The steps of the runs' last checkpoints when their jobs were begun. */
  readonly #steps = new Map<string, number | null>();
  #told = new Set<string>();
  readonly #failures: Failure[] = [];
  #attempts: Record<string, number>;
  #silentSince: number | null = null;
  #left = false;

  constructor(private readonly request: RayRequest) {
    this.#waiting = [...request.runs];
    this.#attempts = { ...request.grid.ray?.attempts };
  }

  /** Submits no more; what is with Ray goes on. */
  leave(): void {
    this.#left = true;
  }

  async work(): Promise<readonly Failure[]> {
    await this.#adopt(await this.#jobs());
    while (!this.#left && this.#waiting.length + this.#live.size > 0) {
      if (isCancelled(this.request.output)) {
        throw new InputError('cancelled by netc cancel: the same command goes on from there');
      }
      await this.#look().catch((error) => this.#endure(error));
      await setTimeout(1000 * (this.request.pace ?? 2));
    }
    return this.#failures;
  }

  /** Takes over the jobs that an earlier process submitted, or this one without being told so, and that have not ended. */
  async #adopt(jobs: ReadonlyMap<string, RayJob>): Promise<void> {
    for (const one of [...this.#waiting]) {
      const status = jobs.get(this.#idOf(one))?.status;
      if (status === 'PENDING' || status === 'RUNNING') await this.#began(one);
    }
  }

  #idOf({ run }: RayRun): string {
    return submissionId(this.request.grid, run.name, this.#attempts[run.name] ?? 0);
  }

  async #began(one: RayRun): Promise<void> {
    this.#waiting.splice(this.#waiting.indexOf(one), 1);
    this.#steps.set(one.run.name, await stepReached(one.run));
    this.#live.set(one.run.name, one);
    this.request.watcher.onStage(one.run, 'train');
  }

  #jobs = async (): Promise<ReadonlyMap<string, RayJob>> =>
    new Map((await this.request.api.jobs()).map((job) => [job.submission_id, job]));

  async #look(): Promise<void> {
    const jobs = await this.#jobs();
    await this.#adopt(jobs);
    let pending = 0;
    for (const one of [...this.#live.values()]) {
      const job = jobs.get(this.#idOf(one));
      if (job?.status === 'PENDING') pending++;
      else if (job?.status !== 'RUNNING') await this.#ended(one, job);
    }
    // One at a time, so that none waits behind another where Ray counts its time.
    if (pending === 0) await this.#submitNext();
    this.#silentSince = null;
  }

  async #submitNext(): Promise<void> {
    const { api, atOnce, output, grid, watcher } = this.request;
    const [next] = this.#waiting;
    if (!next || (atOnce !== null && this.#live.size >= atOnce)) return;
    const usage = await api.usage();
    const own = [...this.#live.values()].map(({ resources }) => resources);
    if (usage && !hasRoom(usage, next.resources, own)) {
      this.#tellShortage(next, usage);
      return;
    }
    const attempt = (this.#attempts[next.run.name] ?? 0) + 1;
    this.#attempts = { ...this.#attempts, [next.run.name]: attempt };
    // Before Ray is told: an id that may have been used is not used again.
    await writeGrid(output, { ...grid, ray: { address: api.address, attempts: this.#attempts } });
    const submission = submissionOf(next, attempt, this.request);
    await clearFailure(next.run);
    await api.submit(submission);
    await this.#began(next);
    watcher.onLine(next.run, `submitted as ${submission.submission_id}`);
  }

  /** @param job undefined where Ray has forgotten it, as a head does that was started again */
  async #ended(one: RayRun, job: RayJob | undefined): Promise<void> {
    const { run, identity } = one;
    this.#live.delete(run.name);
    if ((await stateOf(run.folder, identity)) === 'done') {
      this.request.watcher.onEnd(run, undefined);
      return;
    }
    const words = job ? (job.message ?? job.status).split('\n')[0]! : 'Ray no longer knows its job';
    const kept = await readFailure(run);
    if (await this.#isBegunAgain(one, job, kept)) {
      this.request.watcher.onLine(run, `to go on from its last checkpoint: ${words}`);
      this.#waiting.unshift(one);
      return;
    }
    const status = job?.driver_exit_code ?? null;
    const lastLines = [status === timedOut ? tooShort : words];
    const failure: Failure = kept ?? {
      run: run.name,
      during: 'train',
      status,
      signal: null,
      lastLines,
    };
    // For whoever reports later; one that was cancelled did not fail.
    if (!kept && job?.status !== 'STOPPED') await keepFailure(run, failure);
    this.#failures.push(failure);
    this.request.watcher.onEnd(run, failure);
  }

  /** Whether it did not fail by itself: a signal, a node or Ray ended it, or its time was over and it left a further checkpoint. */
  async #isBegunAgain(
    { run }: RayRun,
    job: RayJob | undefined,
    kept: Failure | undefined,
  ): Promise<boolean> {
    if (job?.status === 'STOPPED') return false;
    if (job?.error_type === 'JOB_SUPERVISOR_ACTOR_START_TIMEOUT') return true;
    const code = job?.driver_exit_code ?? null;
    if (code === timedOut) return (await stepReached(run)) !== this.#steps.get(run.name);
    if (code !== null && code >= 0 && code <= 128) return false;
    if (kept && kept.signal === null) return false;
    const deaths = (this.#deaths.get(run.name) ?? 0) + 1;
    this.#deaths.set(run.name, deaths);
    return deaths < most;
  }

  /** Says once what the cluster has too little of, whichever jobs end: it may grow. */
  #tellShortage({ run, resources }: RayRun, usage: Usage): void {
    const lacks = kinds.filter((kind) => resources[kind] > usage[kind].all);
    if (lacks.length === 0 || this.#told.has(run.name)) return;
    this.#told.add(run.name);
    for (const kind of lacks) {
      const [asked, all] = [resources[kind], usage[kind].all].map((n) => amountOf(kind, n));
      this.request.onNote(
        `${run.name} asks for ${asked}, and the cluster has ${all}: it waits until there are more`,
      );
    }
  }

  #endure(error: unknown): void {
    if (!(error instanceof MachineError)) throw error;
    const now = performance.now() / 1000;
    if (this.#silentSince === null) this.request.onNote(`${error.message}; waiting for it`);
    this.#silentSince ??= now;
    if (now - this.#silentSince > patience) throw error;
  }
}
