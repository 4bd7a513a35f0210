import type { Resources } from '../../ablation/resources.js';
import { InputError, MachineError } from '../../errors/errors.js';
import type { Site } from '../site.js';

/** A job as Ray's Jobs API tells of it. */
export interface RayJob {
  readonly submission_id: string;
  readonly status: 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED';
  readonly message?: string | null;
  readonly error_type?: string | null;
  readonly driver_exit_code?: number | null;
}

export interface RaySubmission {
  readonly submission_id: string;
  /** A line of a shell. */
  readonly entrypoint: string;
  readonly entrypoint_num_cpus: number;
  readonly entrypoint_num_gpus: number;
  readonly entrypoint_memory: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What the cluster has of what a job asks for, and what of it is in use, by anyone's jobs. */
export type Usage = Readonly<
  Record<'cpus' | 'gpus' | 'memory', { readonly used: number; readonly all: number }>
>;

/** Ray's Jobs API at an address. Methods throw MachineError where Ray does not answer. */
export class RayApi {
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    readonly address: string,
    token: string | null = null,
  ) {
    this.#headers = token === null ? {} : { authorization: `Bearer ${token}` };
  }

  jobs = async (): Promise<readonly RayJob[]> =>
    ((await this.#ask('GET', '/api/jobs/')) as RayJob[]).filter((job) => job.submission_id);

  async submit(job: RaySubmission): Promise<void> {
    await this.#ask('POST', '/api/jobs/', job);
  }

  /** One that waits is begun and ended when its turn comes: Ray knows no other way. */
  async stop(id: string): Promise<void> {
    await this.#ask('POST', `/api/jobs/${id}/stop`, {});
  }

  /** Null where the cluster does not tell. */
  async usage(): Promise<Usage | null> {
    const { data } = (await this.#ask('GET', '/api/cluster_status')) as {
      data?: { clusterStatus?: { loadMetricsReport?: { usage?: Record<string, number[]> } } };
    };
    const usage = data?.clusterStatus?.loadMetricsReport?.usage;
    if (!usage) return null;
    const of = (name: string) => ({ used: usage[name]?.[0] ?? 0, all: usage[name]?.[1] ?? 0 });
    return { cpus: of('CPU'), gpus: of('GPU'), memory: of('memory') };
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.address}${path}`, {
      method,
      headers: { ...this.#headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    }).catch((error: Error) => {
      const { cause = error } = error as { cause?: Error };
      throw new MachineError(`Ray does not answer at ${this.address}: ${cause.message}`);
    });
    const text = await answer.text();
    if (answer.status === 401 || answer.status === 403) {
      const way = 'name the variable with the token as ray.token in the site file';
      throw new InputError(`Ray at ${this.address} asks for a token: ${way}`);
    }
    if (answer.ok) return text === '' ? null : JSON.parse(text);
    throw new MachineError(`Ray at ${this.address} answers ${answer.status}: ${lastLine(text)}`);
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Throws `InputError` where the variable that is to hold the token is empty. */
export function rayApi(
  { ray }: Pick<Site, 'ray'>,
  env: NodeJS.ProcessEnv = process.env,
  address = ray.address,
): RayApi {
  const token = ray.token === null ? null : env[ray.token];
  if (token === undefined || token === '') {
    throw new InputError(
      `${ray.token} is not set: it is to hold Ray's token (the site file, ray.token)`,
    );
  }
  return new RayApi(address.replace(/\/$/, ''), token);
}

/** Whether the cluster has room for one more job, and for those that were given to it and may not show yet. */
export function hasRoom(usage: Usage, asked: Resources, own: readonly Resources[]): boolean {
  return (['cpus', 'gpus', 'memory'] as const).every((key) => {
    const ours = own.reduce((sum, one) => sum + one[key], 0);
    return Math.max(usage[key].used, ours) + asked[key] <= usage[key].all;
  });
}
